"""Users: people with an e-mail address who act for one organisation at a time, and who covers for them."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q

from perron.vocabulary.organisations import Role
from perron_site.records.models.choices import only, word
from perron_site.records.models.organisations import Organisation


class UserManager(BaseUserManager["User"]):
    """Make users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":  # noqa: ANN401 - Django's own signature
        """Make a user; without a password nobody can sign in with one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":  # noqa: ANN401 - Django's own signature
        """Make a user who may open the read-only admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="en")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """Sorted by e-mail address."""

        ordering = ("email",)

    def __str__(self) -> str:
        """The name that colleagues see."""
        return self.name


class Membership(models.Model):
    """A user may act for this organisation in this role."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    role = word(Role)

    class Meta:
        """Each once."""

        ordering = ("pk",)
        constraints = (
            only("role", Role, "a_membership_has_a_known_role"),
            models.UniqueConstraint(
                fields=("user", "organisation", "role"), name="a_user_has_each_role_once"
            ),
        )

    def __str__(self) -> str:
        """Role and organisation."""
        return f"{self.role} {self.organisation_id}"


class Absence(models.Model):
    """A user is away from a day through a day; a colleague of the same organisation covers."""

    user = models.ForeignKey(User, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    cover = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers")
    start = models.DateField()
    end = models.DateField()
    ended_early = models.BooleanField(default=False)

    class Meta:
        """Nobody covers for themselves."""

        ordering = ("start", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="an_absence_begins_before_it_ends"
            ),
            models.CheckConstraint(
                condition=~Q(user=F("cover")), name="nobody_covers_for_themselves"
            ),
        )

    def __str__(self) -> str:
        """The number of the user."""
        return f"absence of user {self.user_id}"


class DeskCover(models.Model):
    """Another organisation is told what waits while a desk is closed. It gets a number, never sight."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    cover = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="desk_covers")
    start = models.DateField()
    end = models.DateField()

    class Meta:
        """No desk covers for itself."""

        ordering = ("start", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="a_closed_desk_opens_again_later"
            ),
            models.CheckConstraint(
                condition=~Q(organisation=F("cover")), name="no_desk_covers_for_itself"
            ),
        )

    def __str__(self) -> str:
        """Both numbers."""
        return f"organisation {self.cover_id} is told for {self.organisation_id}"
