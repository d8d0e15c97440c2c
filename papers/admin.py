"""The indexes that begin the numbers of each office's journals."""

from django.contrib import admin

from offices.admin import ReferenceAdmin

from .models import JournalIndex


@admin.register(JournalIndex)
class JournalIndexAdmin(ReferenceAdmin):
    list_display = ("office", "journal", "index")
