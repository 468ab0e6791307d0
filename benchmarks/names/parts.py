"""The parts of which names are put together, in two halves that share none.

The first half is for looking at errors; the second is held back for measuring what was made of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

# One given name a group, then what its bearer is called or signs as.
_GIVEN = """
robert bob rob bobby|william bill will billy|richard rick dick rich|james jim jimmy|john johnny jack
michael mike|thomas tom tommy|charles charlie chuck|joseph joe|daniel dan danny|matthew matt|anthony tony
christopher chris|edward ed eddie ted|steven steve|stephen steve|kenneth ken kenny|andrew andy drew
joshua josh|timothy tim|jeffrey jeff|gregory greg|samuel sam|benjamin ben|patrick pat|alexander alex
raymond ray|lawrence larry|nicholas nick|jonathan jon|gerald jerry|ronald ron ronnie|donald don
douglas doug|frederick fred|francisco frank paco|peter pete|philip phil|vincent vince|leonard len
albert al|alfred al fred|eugene gene|walter walt|theodore ted|jacob jake|zachary zach|nathaniel nate
jose pepe|manuel manny|ricardo rick|eduardo ed eddie|guillermo memo|elizabeth liz beth betty
margaret maggie peggy meg|katherine kathy kate katie|patricia pat patty|barbara barb|jennifer jen jenny
susan sue|deborah debbie deb|rebecca becky|kimberly kim|christine chris chrissy|pamela pam|cynthia cindy
victoria vicky|judith judy|dorothy dot dottie|theresa terri|sandra sandy|suzanne sue|jacqueline jackie
virginia ginny|rosemary rose|veronica ronnie|samantha sam|alexandra alex sandra|amanda mandy|angela angie
melissa missy|stephanie steph|nancy nan|janet jan|valerie val|gabriela gaby|guadalupe lupe|maria mary
catalina cathy|abigail abby|madeline maddie|eleanor ellie nell|florence flo|josephine jo josie
lillian lily|martha marty
"""
_GIVEN_ALONE = """
adam aaron alan amir arash arturo ashok beverly brandon brenda brian bruce bryan byron carla carlos carol
carmen cecilia cesar chandra cheryl claudia clifford colleen craig curtis darren darius david dean dennis
derek diana diego donna duc dwayne dylan eileen elena eli emily emma enrique eric erica ernest esteban
esther ethan evelyn farid felipe felix fernando gary george gilbert glenn gloria grace grant graciela
hector heather helen henry hiroshi holly howard hugo ian imelda inez ingrid irene isaac isabel ivan jamal
janice jason javier jean jerome jesus joan joel jorge juan julia julian julie julio karen kareem karl
keith kelly kevin kiran kyle laura leslie linda lisa lloyd loretta louis lourdes lucia luis luz malcolm
marco marcus mario marisol mark marlene marvin maureen megan mei miguel ming miriam monica morgan nadia
naomi neil nina noah norma oliver olivia omar oscar pablo paul paula pedro preeti quentin rachel rafael
rajesh ralph ramon raul ravi renee rita roberta rodney rogelio rosa ross roy ruben russell ruth sanjay
sara sean sergio sharon sheila shirley simon sofia soledad sonia stacy stanley stuart sunil sylvia tamara
tanya teresa tiffany todd tracy trevor tyler tuan vanessa vera victor vikram vivian wayne wendy wesley
xavier yolanda yusuf yvonne
"""
_SURNAMES = """
smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson
anderson taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson
walker young allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera
campbell mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards collins reyes
stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper peterson bailey reed kelly howard
ramos kim cox ward richardson watson brooks chavez wood bennett gray mendoza ruiz hughes price alvarez
castillo sanders patel myers long ross foster jimenez powell jenkins perry russell sullivan bell coleman
butler henderson barnes gonzales fisher vasquez simmons romero jordan patterson alexander hamilton graham
reynolds griffin wallace moreno west cole hayes bryant herrera gibson ellis tran medina aguilar stevens
murray ford castro marshall owens harrison fernandez mcdonald woods washington kennedy wells vargas henry
chen freeman webb tucker guzman burns crawford olson simpson porter hunter gordon mendez silva shaw
snyder mason dixon munoz hunt hicks holmes palmer wagner black robertson boyd stone salazar fox warren
mills meyer rice schmidt garza daniels ferguson nichols stephens soto weaver ryan gardner payne grant
dunn kelley spencer hawkins arnold pierce hansen peters santos hart bradley knight elliott cunningham
duncan armstrong hudson carroll lane riley andrews alvarado ray delgado berry perkins hoffman johnston
matthews pena richards contreras willis carpenter lawrence sandoval guerrero george chapman rios estrada
ortega watkins greene nunez wheeler valdez harper burke larson santiago maldonado morrison franklin
carlson austin dominguez carr lawson jacobs obrien lynch singh vega bishop montgomery oliver jensen
harvey williamson gilbert dean sims espinoza howell li wong reid hanson le mccoy garrett burton fuller
wang weber welch rojas lucas marquez fields park yang little banks padilla day walsh bowman schultz luna
fowler mejia kaplan yamamoto tanaka petrosyan hakobyan sarkisian ghazarian farahani hosseini shapiro
goldberg friedman levine rosenthal katz weinstein nakamura watanabe okafor adeyemi mbeki kowalski nowak
novak petrov ivanov volkov dimitrov papadopoulos stavros venkataraman krishnan subramanian chaudhry
rahman siddiqui bhattacharya santamaria villanueva bautista dimaculangan
"""
_TWO_PART = """
de la cruz|de leon|del rio|van dyke|van der berg|de los santos|la rosa|von braun|di stefano|san miguel
de la torre|mac gregor|van buren|de anda|el masri|della porta|van horn|la fontaine|de la rosa|le blanc
du bois|de santis|mc allister|van winkle|san juan|ter haar|al amin|ben david|de guzman|del valle|van ness
de luca
"""
_APOSTROPHE = """
o'brien o'connor d'angelo o'neill d'amico o'malley o'reilly l'heureux d'souza o'donnell o'leary
d'agostino o'hara o'keefe d'ambrosio o'sullivan o'rourke d'andrea o'grady o'shea
"""
_ACCENTED = """
garcía muñoz núñez peña gonzález rodríguez müller lefèvre ibáñez sørensen castañeda schröder hernández
martínez sepúlveda björk quiñones ordóñez jiménez ramírez böhm françois güven zúñiga beltrán côté colón
gómez bernárd ávila
"""
_DISTINCT = """
sierra vista|golden oak|pacific|valley|redwood|harbor|mission|canyon|summit|crestline|bayview|ocean
desert|foothill|granite|cypress|laguna|mesa|coastal|sunrise|evergreen|lakeside|meadow|delta|orchard
silver creek|stonebridge|heritage|pinnacle|cornerstone|keystone|liberty|frontier|pioneer|alliance|premier
united|providence|monarch|eagle|falcon|condor|blue heron|cedar|willow|sequoia|manzanita|juniper|sycamore
magnolia|poppy|sagebrush|marigold|aspen|birch|chaparral|northgate|southland|westlake|eastbrook|midtown
riverbend|hillcrest|ridgeline|broadmoor|fairmont|glenwood|oakmont|palisade|parkside|rosewood|springfield
sterling|tahoe|trinity|vineyard|wavecrest|yosemite|zenith|atlas|beacon|compass|meridian|horizon|polaris
titan|vanguard|sentinel|guardian|shoreline|tidewater|whitewater|copper hill|iron gate|diamond peak
emerald bay|crystal cove|amber ridge|coral reef|garnet|opal|sapphire|quartz|cobalt|citadel|regency
"""
_CITIES = """
fresno oakland sacramento stockton modesto bakersfield anaheim riverside glendale pasadena torrance
visalia salinas ventura redding chico merced pomona fontana oxnard irvine burbank downey carlsbad vallejo
berkeley concord hayward sunnyvale escondido whittier compton tustin gilroy hollister petaluma ukiah
eureka yuba madera hanford porterville
"""
_SAINTS = (
    "mary joseph jude francis john luke agnes helena vincent rose bernardine catherine anthony louise".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of one half.

    Attributes:
        given: Given names.
        short: What the bearer of a given name is called.
    """

    given: tuple[str, ...]
    short: dict[str, tuple[str, ...]]
    surnames: tuple[str, ...]
    two_part: tuple[str, ...]
    apostrophe: tuple[str, ...]
    accented: tuple[str, ...]
    distinct: tuple[str, ...]
    cities: tuple[str, ...]
    saints: tuple[str, ...]


def _groups(table: str) -> list[str]:
    return [group.strip() for line in table.split("\n") for group in line.split("|") if group.strip()]


@cache
def parts_of(half: int) -> Parts:
    """Return every other part of each table, beginning with the first (0) or the second (1)."""
    groups = [group.split() for group in _groups(_GIVEN)[half::2]]
    return Parts(
        given=tuple(group[0] for group in groups) + tuple(_GIVEN_ALONE.split()[half::2]),
        short={group[0]: tuple(group[1:]) for group in groups},
        surnames=tuple(_SURNAMES.split()[half::2]),
        two_part=tuple(_groups(_TWO_PART)[half::2]),
        apostrophe=tuple(_APOSTROPHE.split()[half::2]),
        accented=tuple(_ACCENTED.split()[half::2]),
        distinct=tuple(_groups(_DISTINCT)[half::2]),
        cities=tuple(_CITIES.split()[half::2]),
        saints=tuple(_SAINTS[half::2]),
    )
