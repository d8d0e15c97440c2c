"""The editable lists of intake. Clients' records never stand in the admin (offices.reference_site)."""

from django.contrib import admin

from offices.admin import ReferenceAdmin

from .models import CallTopic, CommunicationNeed, PrivilegedCategory


@admin.register(CallTopic)
class CallTopicAdmin(ReferenceAdmin):
    list_display = ("code", "name_ky", "name_ru", "order", "is_active")


@admin.register(PrivilegedCategory)
class PrivilegedCategoryAdmin(ReferenceAdmin):
    list_display = ("code", "name_ky", "name_ru", "order", "is_active")


@admin.register(CommunicationNeed)
class CommunicationNeedAdmin(ReferenceAdmin):
    list_display = ("code", "name_ky", "name_ru", "order", "is_active")
