"""/legal/"""

from django.urls import path

from ..views import legal_file

app_name = "legal"
urlpatterns = [
    path("<uuid:pk>/orders/add/", legal_file.add_order, name="add_order"),
    path("orders/<uuid:pk>/", legal_file.show_order, name="order"),
    path("orders/<uuid:pk>/change/", legal_file.change_order, name="change_order"),
    path("orders/<uuid:pk>/close/", legal_file.close_order, name="close_order"),
    path("orders/<uuid:pk>/scan/", legal_file.order_scan, name="order_scan"),
    path("<uuid:pk>/documents/add/", legal_file.add_document, name="add_document"),
    path("documents/<uuid:pk>/", legal_file.show_document, name="document"),
    path("documents/<uuid:pk>/change/", legal_file.change_document, name="change_document"),
    path("documents/<uuid:pk>/file/", legal_file.document_file, name="document_file"),
    path("<uuid:pk>/lawyers/add/", legal_file.add_lawyer, name="add_lawyer"),
    path("lawyers/<uuid:pk>/change/", legal_file.change_lawyer, name="change_lawyer"),
]
