"""Intake: from a waiting mail to a registered review, or to a person with the reason."""

from secretariat.domain.post_in import Answer
from secretariat.stages.intake.acknowledgement import Composing
from secretariat.stages.intake.entering import IntakePolicy
from secretariat.stages.intake.opening import Opening
from secretariat.stages.intake.stage import Intake
from secretariat.stages.intake.weighing import weigh_mail

__all__ = ["Answer", "Composing", "Intake", "IntakePolicy", "Opening", "weigh_mail"]
