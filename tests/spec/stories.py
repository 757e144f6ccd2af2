"""What these people say of themselves: the law is asked in test_stories.py, the pages in journeys/test_routes.py."""

UKRAINIAN = {
    "nationality": ["UA"], "resided_in_ua_before_20220224": True, "left_ua_on": "2022-03-05", "family_links": [],
    "tp_state": "granted", "tp_certificate_on": "2022-03-20", "absences": [], "is_uam": False,
    "stay_periods": [{"title": "tp", "from": "2022-03-20", "to": "-", "card": "A"}],
    "asylum_lodged_on": "-", "application_9ter_on": "-", "family_application_be_on": "-",
}  # fmt: skip
NOTHING_ELSE = {
    "job_offer": "-", "enrolment": "-", "diploma_be": "-", "centre_accompaniment": "none", "professional_card": "none",
    "medical_certificate_9ter_on": "-", "address_be": True, "stateless_recognised_on": "-",
    "can_acquire_nationality": True,
}  # fmt: skip
UNPROTECTED = {"stay_periods": [], "tp_state": "none", "tp_certificate_on": "-"}

MOTHER_OF_FIVE = {
    **UKRAINIAN, **NOTHING_ELSE, "birth_date": 1988, "identity_document": "identity_card", "dependants": 5,
}  # fmt: skip
CHILD_ALONE = {
    **UKRAINIAN, **NOTHING_ELSE, "birth_date": "2010-06-15", "is_uam": True, "guardian_assigned_on": "2022-04-01",
    "identity_document": "identity_card",
}  # fmt: skip
ON_DIALYSIS = {
    **UKRAINIAN, **NOTHING_ELSE, "birth_date": "1970-02-01",
    "serious_illness": True, "treatment_accessible_in_origin": False,
    "medical_certificate_9ter_on": "2026-10-10", "identity_document": "expired_passport", "unfit_to_travel": True,
}  # fmt: skip
AFGHAN = {
    **UKRAINIAN, **NOTHING_ELSE, **UNPROTECTED, "nationality": ["AF"], "ua_permit": "permanent",
    "ua_protection": "none", "safe_return_to_origin": False, "birth_date": "1995-01-01",
    "identity_document": "valid_passport",
}  # fmt: skip
GEORGIAN_WIFE = {
    **UKRAINIAN, "nationality": ["GE"], "ua_permit": "temporary", "ua_protection": "none",
    "family_links": [{"kind": "spouse", "sponsor_in_tp_core": True, "existed_in_ua_before_20220224": True}],
}  # fmt: skip
HERE_BEFORE = {
    **UKRAINIAN, **NOTHING_ELSE, **UNPROTECTED, "birth_date": "1990-01-01", "resided_in_ua_before_20220224": False,
    "left_ua_on": "2021-06-01", "absence_reason_20220224": "moved_abroad", "lived_in_eu_before_20220224": True,
    "tp_state": "refused", "identity_document": "valid_passport",
}  # fmt: skip

PUPIL = {**UKRAINIAN, **NOTHING_ELSE, "birth_date": "2012-09-01", "minor_in_school": True}
STUDENT = {
    **UKRAINIAN, "birth_date": "2005-04-01", "means_month": 900, "health_insured": True,
    "medical_certificate_clean": True, "criminal_record_clean_origin": True,
    "enrolment": {"institution_recognised": True, "full_time": True, "level": "bachelor", "from": "2025-09-15",
                  "to": "2028-06-30"},
}  # fmt: skip
WORKER = {
    **UKRAINIAN, "birth_date": "1990-05-01", "passport_valid_until": "2030-01-01",
    "criminal_record_clean_origin": True, "medical_certificate_clean": True, "health_insured": True,
    "job_offer": {"region": "WAL", "category": "highly_skilled", "gross_year": 53220, "contract_from": "2026-12-01",
                  "contract_to": "2027-11-30", "labour_market_test": "exempt"},
}  # fmt: skip
WITHOUT_PASSPORT = {
    **UKRAINIAN, **NOTHING_ELSE, "birth_date": "1985-01-01", "sex": "m", "identity_document": "expired_passport",
    "passport_valid_until": "2026-05-01", "passport_obtainable": False,
    "job_offer": {"region": "WAL", "category": "highly_skilled", "gross_year": 60000, "contract_from": "2026-12-01",
                  "contract_to": "2027-11-30", "labour_market_test": "exempt"},
}  # fmt: skip
REFUSED = {
    **UKRAINIAN, **NOTHING_ELSE, **UNPROTECTED, "nationality": ["NG"], "ua_permit": "temporary",
    "ua_protection": "none", "tp_state": "refused", "identity_document": "valid_passport", "birth_date": "1991-06-01",
}  # fmt: skip
WIFE_OF_A_WORKER = {
    **UKRAINIAN, **NOTHING_ELSE, "birth_date": "1990-05-01", "housing_adequate": True, "health_insured": True,
    "extra_family_members": 1, "identity_document": "valid_passport",
    "family_links": [{
        "kind": "spouse", "sponsor_title": "single_permit", "sponsor_stay_from": "2025-01-10",
        "sponsor_birth_date": "1988-01-01", "sponsor_income_month": 2600, "existed_before_sponsor_entry": True,
        "sponsor_group": "third_country", "sponsor_in_tp_core": True, "existed_in_ua_before_20220224": True,
    }],
}  # fmt: skip
ON_HOLIDAY = {
    **UKRAINIAN, **UNPROTECTED, "left_ua_on": "2022-01-15", "absence_reason_20220224": "holiday",
    "lived_in_eu_before_20220224": False,
}  # fmt: skip
