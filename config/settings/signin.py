"""Signing in: names and passwords, second factors, what slows guessing. docs/decisions/sign-in.md says why."""

AUTHENTICATION_BACKENDS = ["offices.backends.StaffBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {
            "user_attributes": ["username", "surname", "given_name", "patronymic", "email"]
        },
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "offices.passwords.PoorPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "offices.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
# The cookie goes with the browser: office machines are shared.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Passwords are throttled by offices.throttle, per name and place. What is left to allauth: a whole office signs in from
# one address; second factors are guessed only by somebody who has the password, so they count per account.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "5/15m/key"}

MFA_ADAPTER = "offices.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Жардам"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 10

# Roles that must carry a second factor; production names them.
SECOND_FACTOR_ROLES: list[str] = []

# Counts that all web processes share; nothing of clients.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

ACCOUNT_FORMS = {
    "login": "offices.forms.signin.SignInForm",
    "reauthenticate": "offices.forms.signin.ReauthenticateForm",
    "change_password": "offices.forms.signin.ChangePasswordForm",
}
MFA_FORMS = {
    "authenticate": "offices.forms.signin.AuthenticateForm",
    "reauthenticate": "offices.forms.signin.ReauthenticateByCodeForm",
    "activate_totp": "offices.forms.signin.ActivateAppForm",
    "add_webauthn": "offices.forms.signin.AddKeyForm",
    "edit_webauthn": "offices.forms.signin.RenameKeyForm",
}
