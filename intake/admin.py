"""The editable lists of intake. Clients' records never stand in the admin (offices.reference_site)."""

from django.contrib import admin

from offices.admin import ReferenceAdmin

from .models import CallTopic


@admin.register(CallTopic)
class CallTopicAdmin(ReferenceAdmin):
    list_display = ("code", "name_ky", "name_ru", "order", "is_active")
