"""What is wrong with each region of the body, in the words of the offices of this package."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One region: diagnoses with codes, muscles, motions with their norms, tests, studies, procedures."""

    diagnoses: tuple[tuple[str, str], ...]
    muscles: tuple[str, ...]
    motions: tuple[tuple[str, int], ...]
    tests: tuple[str, ...]
    findings: tuple[str, ...]
    operation: str
    injection: str
    nerves: tuple[str, ...]
    study: str


_LEG = ("Peroneal", "Tibial", "Sural", "Superficial peroneal")
_ARM = ("Median", "Ulnar", "Radial", "Median sensory")
_BACK_MOTIONS = (
    ("Flexion", 60),
    ("Extension", 25),
    ("Right lateral bending", 25),
    ("Left lateral bending", 25),
)

BODIES = {
    "lumbar spine": Body(
        diagnoses=(
            ("724.4", "Lumbosacral radiculitis"),
            ("847.2", "Lumbar strain"),
            ("722.10", "Lumbar disc displacement without myelopathy"),
        ),
        muscles=("lumbar paraspinals", "quadratus lumborum", "piriformis", "gluteus medius"),
        motions=_BACK_MOTIONS,
        tests=("Straight leg raising", "Kemp's test", "FABER test", "Slump test"),
        findings=(
            "L3-4: shallow bulge of the annulus, canal patent.",
            "L4-5: broad protrusion of 3 mm that touches the traversing L5 root on the left.",
            "L5-S1: loss of disc height and a small annular fissure; facets hypertrophic.",
            "The conus ends at L1 and is of normal caliber.",
        ),
        operation="Left L4-5 microdiscectomy with hemilaminotomy",
        injection="Transforaminal epidural steroid injection, left L4-5, with fluoroscopy",
        nerves=_LEG,
        study="MRI LUMBAR SPINE WITHOUT CONTRAST",
    ),
    "cervical spine": Body(
        diagnoses=(
            ("723.4", "Cervical radiculitis"),
            ("847.0", "Neck sprain"),
            ("722.0", "Cervical disc displacement"),
        ),
        muscles=("cervical paraspinals", "upper trapezius", "levator scapulae", "rhomboids"),
        motions=(("Flexion", 50), ("Extension", 60), ("Right rotation", 80), ("Left rotation", 80)),
        tests=("Spurling's test", "Cervical compression", "Shoulder depression", "Hoffmann's sign"),
        findings=(
            "C4-5: minimal posterior ridging, cord not touched.",
            "C5-6: 2.5 mm right paracentral protrusion with effacement of the ventral fluid.",
            "C6-7: uncovertebral spurring narrows both neural exits, the right more than the left.",
            "Craniocervical junction is unremarkable.",
        ),
        operation="Anterior cervical discectomy and fusion, C5-6",
        injection="Interlaminar cervical epidural steroid injection, C7-T1, with fluoroscopy",
        nerves=_ARM,
        study="MRI CERVICAL SPINE WITHOUT CONTRAST",
    ),
    "right shoulder": Body(
        diagnoses=(
            ("726.2", "Impingement syndrome, right shoulder"),
            ("840.4", "Rotator cuff sprain"),
            ("726.12", "Bicipital tenosynovitis"),
        ),
        muscles=("supraspinatus", "deltoid", "upper trapezius", "infraspinatus"),
        motions=(("Flexion", 180), ("Abduction", 180), ("External rotation", 90), ("Internal rotation", 80)),
        tests=("Neer's sign", "Empty can test", "O'Brien's test", "Cross-arm adduction"),
        findings=(
            "Supraspinatus: articular-sided partial tear of less than half the tendon.",
            "Acromion is of type II with undersurface spurring.",
            "A small amount of fluid lies in the subdeltoid bursa.",
            "The long head of the biceps sits in its groove.",
        ),
        operation="Right shoulder arthroscopy with subacromial decompression and cuff repair",
        injection="Right subacromial corticosteroid injection with ultrasound",
        nerves=_ARM,
        study="MRI RIGHT SHOULDER WITHOUT CONTRAST",
    ),
    "left knee": Body(
        diagnoses=(
            ("836.0", "Tear of medial meniscus, left knee"),
            ("717.7", "Chondromalacia of patella"),
            ("844.9", "Sprain of knee, left"),
        ),
        muscles=("quadriceps", "vastus medialis", "hamstrings", "gastrocnemius"),
        motions=(("Flexion", 140), ("Extension", 0)),
        tests=("McMurray's test", "Lachman test", "Patellar grind", "Apley compression"),
        findings=(
            "Medial meniscus: oblique tear of the posterior horn that reaches the lower surface.",
            "Cartilage of the patella is thinned over its median ridge.",
            "Cruciate and collateral ligaments are continuous.",
            "Moderate joint fluid with a popliteal cyst of 2 cm.",
        ),
        operation="Left knee arthroscopy with partial medial meniscectomy and chondroplasty",
        injection="Left knee intra-articular corticosteroid injection",
        nerves=_LEG,
        study="MRI LEFT KNEE WITHOUT CONTRAST",
    ),
    "right wrist": Body(
        diagnoses=(
            ("354.0", "Carpal tunnel syndrome, right"),
            ("727.04", "Radial styloid tenosynovitis"),
            ("842.01", "Sprain of carpal joint, right"),
        ),
        muscles=("thenar eminence", "wrist extensors", "flexor carpi radialis", "brachioradialis"),
        motions=(("Flexion", 60), ("Extension", 60), ("Radial deviation", 20), ("Ulnar deviation", 30)),
        tests=("Phalen's test", "Tinel's sign at the wrist", "Finkelstein's test", "Durkan's compression"),
        findings=(
            "Central perforation of the triangular fibrocartilage, probably degenerative.",
            "The median nerve is thickened at the hamate hook.",
            "First dorsal compartment tendons are surrounded by a rim of fluid.",
            "Carpal alignment is kept and no occult fracture is seen.",
        ),
        operation="Right endoscopic carpal tunnel release",
        injection="Right carpal tunnel corticosteroid injection",
        nerves=_ARM,
        study="MRI RIGHT WRIST WITHOUT CONTRAST",
    ),
    "left ankle": Body(
        diagnoses=(
            ("845.00", "Sprain of ankle, left"),
            ("726.79", "Peroneal tendinitis"),
            ("718.87", "Instability of ankle joint"),
        ),
        muscles=("peroneals", "gastrocnemius", "tibialis anterior", "soleus"),
        motions=(("Dorsiflexion", 20), ("Plantar flexion", 40), ("Inversion", 30), ("Eversion", 20)),
        tests=("Anterior drawer", "Talar tilt", "Squeeze test", "Thompson test"),
        findings=(
            "The anterior talofibular ligament is attenuated, as after an old tear.",
            "Peroneus brevis shows a short longitudinal split behind the malleolus.",
            "A lesion of 6 mm lies in the medial talar dome without a loose fragment.",
            "Achilles tendon and plantar fascia are unremarkable.",
        ),
        operation="Left ankle arthroscopy with lateral ligament reconstruction",
        injection="Left ankle intra-articular corticosteroid injection",
        nerves=_LEG,
        study="MRI LEFT ANKLE WITHOUT CONTRAST",
    ),
}
