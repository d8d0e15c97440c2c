"""/people/: adults, and what persons of any age have: contacts, consents, history"""

from django.urls import path

from ..views import people, people_consents, people_contacts

app_name = "people"
urlpatterns = [
    path("mtus/", people.offer_mtus, name="mtus"),
    path("<uuid:pk>/", people.show_person, name="person"),
    path("<uuid:pk>/edit/", people.edit_person, name="edit"),
    path("<uuid:pk>/child/", people.keep_as_child, name="keep_as_child"),
    path("<uuid:pk>/history/", people.person_history, name="history"),
    path("<uuid:pk>/addresses/new/", people_contacts.add_address, name="add_address"),
    path("<uuid:pk>/phones/new/", people_contacts.add_phone, name="add_phone"),
    path("<uuid:pk>/consents/new/", people_consents.record_consent, name="record_consent"),
    path("addresses/<uuid:pk>/", people_contacts.edit_address, name="edit_address"),
    path("addresses/<uuid:pk>/hide/", people_contacts.hide_address, name="hide_address"),
    path("phones/<uuid:pk>/", people_contacts.edit_phone, name="edit_phone"),
    path("phones/<uuid:pk>/hide/", people_contacts.hide_phone, name="hide_phone"),
    path("hidden/<uuid:pk>/lift/", people_contacts.lift_hidden, name="lift_hidden"),
    path("consents/<uuid:pk>/", people_consents.edit_consent, name="edit_consent"),
    path("consents/<uuid:pk>/written/", people_consents.confirm_consent, name="confirm_consent"),
    path("consents/<uuid:pk>/withdraw/", people_consents.withdraw_consent, name="withdraw_consent"),
]
