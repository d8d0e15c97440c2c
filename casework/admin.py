"""The editable lists of casework. Clients' records never stand in the admin (offices.reference_site)."""

from django.contrib import admin

from offices.admin import ReferenceAdmin

from .models import (
    AssessmentDomain,
    ClosingReason,
    KeepingRule,
    LegalGround,
    OfficeTimes,
    PsychologicalMethod,
    SituationCategory,
)


@admin.register(SituationCategory)
class SituationCategoryAdmin(ReferenceAdmin):
    list_display = ("code", "name_ky", "name_ru", "is_restricted", "order", "is_active")


@admin.register(PsychologicalMethod)
class PsychologicalMethodAdmin(ReferenceAdmin):
    list_display = ("code", "name_ky", "age_from", "age_to", "is_for_parents", "is_active")


@admin.register(LegalGround)
class LegalGroundAdmin(ReferenceAdmin):
    list_display = ("code", "name_ky", "act_ky", "is_active")


@admin.register(AssessmentDomain)
class AssessmentDomainAdmin(ReferenceAdmin):
    list_display = ("code", "name_ky", "name_ru", "order", "is_active")


@admin.register(OfficeTimes)
class OfficeTimesAdmin(admin.ModelAdmin):
    """An office's own times: a change counts for what begins afterwards."""

    list_display = ("office", "initial_hours", "comprehensive_days", "plan_days", "review_months")


@admin.register(ClosingReason)
class ClosingReasonAdmin(ReferenceAdmin):
    list_display = ("code", "name_ky", "name_ru", "asks_words", "order", "is_active")


@admin.register(KeepingRule)
class KeepingRuleAdmin(ReferenceAdmin):
    """What follows a closing in an office, and how long its closed cases are kept."""

    list_display = ("office", "follow_up_months", "retention_years")
