"""The addresses of papers, of what follows a release, and of money."""

from __future__ import annotations

from django.urls import path

from openimr.desk.pages import afterwards, invoices, papers, printing

CASE = "cases/<str:number>"

PAPERS = [
    path("papers/", printing.owed, name="owed-papers"),
    path("print/", printing.batches, name="print-batches"),
    path("print/<int:batch>/", printing.batch, name="print-batch"),
    path("print/<int:batch>/batch.pdf", printing.batch_pdf, name="print-batch-pdf"),
    path(f"{CASE}/papers/", papers.show, name="case-papers"),
    path(f"{CASE}/papers/<str:notice>/", papers.read, name="case-paper"),
    path(f"{CASE}/papers/<str:notice>/paper.pdf", papers.pdf, name="case-paper-pdf"),
    path(f"{CASE}/papers/<str:notice>/proof.pdf", papers.proof, name="case-proof"),
    path(f"{CASE}/serve-paper/", papers.serve, name="case-serve-paper"),
    path(f"{CASE}/confirm-receipt/", papers.receipt, name="case-confirm-receipt"),
    path(f"{CASE}/addresses/", papers.address, name="case-address"),
    path(f"{CASE}/appeal/", afterwards.record_appeal, name="case-record-appeal"),
    path(f"{CASE}/appeal/order/", afterwards.record_order, name="case-record-appeal-decision"),
    path(f"{CASE}/remand/", afterwards.remand, name="case-remand"),
    path(f"{CASE}/implementation/", afterwards.record_implementation, name="case-record-implementation"),
    path(f"{CASE}/correction/", afterwards.prepare_correction, name="case-prepare-correction"),
    path(f"{CASE}/correction/release/", afterwards.release_correction, name="case-release-correction"),
    path(f"{CASE}/publication/", afterwards.approve_publication, name="case-approve-publication"),
    path(f"{CASE}/published/", afterwards.published, name="case-published"),
    path(f"{CASE}/invoice/", afterwards.send_invoice, name="case-send-invoice"),
    path(f"{CASE}/invoice/payment/", afterwards.record_payment, name="case-record-payment"),
    path(f"{CASE}/invoice/cancel/", afterwards.cancel_invoice, name="case-cancel-invoice"),
    path("invoices/", invoices.show, name="invoices"),
    path("invoices/invoices.csv", invoices.as_csv, name="invoices-csv"),
]
