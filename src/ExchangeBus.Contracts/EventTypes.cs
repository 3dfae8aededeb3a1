namespace ExchangeBus.Contracts;

/// <summary>CloudEvents <c>type</c> of each event and command; the schema of each stands in <c>schemas/</c>.</summary>
public static class EventTypes
{
    /// <summary>A citizen has submitted the linked birth dossier at the portal.</summary>
    public const string LinkedBirthSubmitted = "vn.portal.linkedbirthsubmitted.v1";

    /// <summary>Command: register the birth.</summary>
    public const string RegisterBirth = "vn.civilstatus.registerbirth.v1";

    /// <summary>The birth stands in the civil-status book: the legal pivot.</summary>
    public const string BirthRegistered = "vn.civilstatus.birthregistered.v1";

    /// <summary>Registration was refused, with the reason.</summary>
    public const string BirthRegistrationRefused = "vn.civilstatus.birthregistrationrefused.v1";

    /// <summary>Command: register the child's permanent residence.</summary>
    public const string RegisterPermanentResidence = "vn.residence.registerpermanentresidence.v1";

    /// <summary>The child's permanent residence is registered.</summary>
    public const string PermanentResidenceRegistered = "vn.residence.permanentresidenceregistered.v1";

    /// <summary>Permanent residence was refused, with the reason.</summary>
    public const string PermanentResidenceRefused = "vn.residence.permanentresidencerefused.v1";

    /// <summary>Command: issue the child's health-insurance card.</summary>
    public const string IssueChildHealthCard = "vn.socialinsurance.issuechildhealthcard.v1";

    /// <summary>The child's health-insurance card is issued.</summary>
    public const string ChildHealthCardIssued = "vn.socialinsurance.childhealthcardissued.v1";

    /// <summary>The card was refused, with the reason.</summary>
    public const string ChildHealthCardRefused = "vn.socialinsurance.childhealthcardrefused.v1";

    /// <summary>A dossier has moved: the portal shows it to the citizen.</summary>
    public const string DossierProgressed = "vn.procedures.dossierprogressed.v1";

    /// <summary>A warning is due for a dossier, or a deadline has passed: the procedures look at it.</summary>
    public const string DeadlineReached = "vn.procedures.deadlinereached.v1";

    /// <summary>An officer has decided something about a dossier at the stuck desk: the procedure does it, if it still may.</summary>
    public const string DeskActionDecided = "vn.procedures.deskactiondecided.v1";

    /// <summary>A record of the national population database has changed (QCVN 109:2017).</summary>
    public const string CitizenUpdated = "vn.population.citizenupdated.v1";

    /// <summary>A health facility has issued a birth notice, within four working hours of the birth.</summary>
    public const string BirthNoticeIssued = "vn.health.birthnoticeissued.v1";

    /// <summary>A health facility has issued a death notice, within four working hours of the death.</summary>
    public const string DeathNoticeIssued = "vn.health.deathnoticeissued.v1";

    /// <summary>Command: compare a citizen's data with the population database.</summary>
    public const string VerifyCitizen = "vn.population.verifycitizen.v1";

    /// <summary>The population database's answer to a verification.</summary>
    public const string CitizenVerified = "vn.population.citizenverified.v1";

    /// <summary>The population database has given a child its personal id, perhaps days after the registration.</summary>
    public const string PersonalIdAssigned = "vn.population.personalidassigned.v1";

    /// <summary>A personal id has been cancelled and another given: every holder links the two.</summary>
    public const string PersonalIdReplaced = "vn.population.personalidreplaced.v1";

    /// <summary>Command: ask the head of a household whether the child may be registered there.</summary>
    public const string RequestHouseholdConsent = "vn.residence.requesthouseholdconsent.v1";

    /// <summary>The head of the household has answered, or has not in time.</summary>
    public const string HouseholdConsentAnswered = "vn.residence.householdconsentanswered.v1";

    /// <summary>The residence registry must verify on the spot: the limit becomes five working days.</summary>
    public const string ResidenceVerificationStarted = "vn.residence.residenceverificationstarted.v1";

    /// <summary>Command: delete the permanent residence of somebody who has died.</summary>
    public const string DeletePermanentResidence = "vn.residence.deletepermanentresidence.v1";

    /// <summary>The permanent residence has been deleted.</summary>
    public const string PermanentResidenceDeleted = "vn.residence.permanentresidencedeleted.v1";

    /// <summary>Deleting the permanent residence was refused: the death stays registered.</summary>
    public const string PermanentResidenceDeletionRefused = "vn.residence.permanentresidencedeletionrefused.v1";

    /// <summary>Command: restore a permanent residence, because a death was revoked.</summary>
    public const string RestorePermanentResidence = "vn.residence.restorepermanentresidence.v1";

    /// <summary>The permanent residence stands again.</summary>
    public const string PermanentResidenceRestored = "vn.residence.permanentresidencerestored.v1";

    /// <summary>Command to the one-stop desk of the commune: receive and check a dossier.</summary>
    public const string RequestIntake = "vn.onestop.requestintake.v1";

    /// <summary>The one-stop desk has received the dossier: the legal clock starts.</summary>
    public const string IntakeAccepted = "vn.onestop.intakeaccepted.v1";

    /// <summary>The one-stop desk has refused the dossier: it ends before the pivot.</summary>
    public const string IntakeRefused = "vn.onestop.intakerefused.v1";

    /// <summary>Something is missing: the clock stands until the citizen has supplied it, seven working days by default.</summary>
    public const string SupplementRequested = "vn.onestop.supplementrequested.v1";

    /// <summary>The citizen has supplied what was missing: the clock runs again.</summary>
    public const string SupplementSubmitted = "vn.portal.supplementsubmitted.v1";

    /// <summary>The citizen has withdrawn the dossier; possible until the registration.</summary>
    public const string DossierWithdrawn = "vn.portal.dossierwithdrawn.v1";

    /// <summary>A citizen has submitted the linked death dossier at the portal.</summary>
    public const string LinkedDeathSubmitted = "vn.portal.linkeddeathsubmitted.v1";

    /// <summary>Command: register the death.</summary>
    public const string RegisterDeath = "vn.civilstatus.registerdeath.v1";

    /// <summary>The death stands in the civil-status book: the legal pivot.</summary>
    public const string DeathRegistered = "vn.civilstatus.deathregistered.v1";

    /// <summary>Registration of the death was refused, with the reason.</summary>
    public const string DeathRegistrationRefused = "vn.civilstatus.deathregistrationrefused.v1";

    /// <summary>A civil-status record has been corrected; whoever received the wrong version applies the new one.</summary>
    public const string CivilStatusCorrected = "vn.civilstatus.civilstatuscorrected.v1";

    /// <summary>A registration has been annulled: it never held.</summary>
    public const string RegistrationAnnulled = "vn.civilstatus.registrationannulled.v1";

    /// <summary>A death registration has been revoked: the person lives, and everything that followed is undone.</summary>
    public const string DeathRevoked = "vn.civilstatus.deathrevoked.v1";

    /// <summary>Command: lock the health card of somebody who has died.</summary>
    public const string LockHealthCard = "vn.socialinsurance.lockhealthcard.v1";

    /// <summary>A health card is locked, or there was none to lock.</summary>
    public const string HealthCardLocked = "vn.socialinsurance.healthcardlocked.v1";

    /// <summary>Command: unlock a health card, because a death was revoked.</summary>
    public const string UnlockHealthCard = "vn.socialinsurance.unlockhealthcard.v1";

    /// <summary>A health card is valid again.</summary>
    public const string HealthCardUnlocked = "vn.socialinsurance.healthcardunlocked.v1";

    /// <summary>Command: decide the funeral allowance; to social insurance or to social protection, never to both.</summary>
    public const string DecideFuneralAllowance = "vn.allowances.decidefuneralallowance.v1";

    /// <summary>The funeral allowance is decided: granted with an amount, or refused with a reason.</summary>
    public const string FuneralAllowanceDecided = "vn.allowances.funeralallowancedecided.v1";

    /// <summary>The paying body has paid, or has tried in vain.</summary>
    public const string FuneralAllowancePaid = "vn.allowances.funeralallowancepaid.v1";

    /// <summary>Command to social insurance: settle the survivor benefit.</summary>
    public const string SettleSurvivorBenefit = "vn.allowances.settlesurvivorbenefit.v1";

    /// <summary>The survivor benefit is settled: granted, monthly or once, or refused with a reason.</summary>
    public const string SurvivorBenefitSettled = "vn.allowances.survivorbenefitsettled.v1";

    /// <summary>Command: stop an allowance and recover what was paid, because a death was revoked.</summary>
    public const string StopAllowance = "vn.allowances.stopallowance.v1";

    /// <summary>An allowance is stopped; what was paid is told, and what is to be recovered.</summary>
    public const string AllowanceStopped = "vn.allowances.allowancestopped.v1";

    /// <summary>Command: issue the identity card of a child under six; part of the birth group from 1 September 2026.</summary>
    public const string IssueChildIdCard = "vn.identity.issuechildidcard.v1";

    /// <summary>The child's identity card is issued.</summary>
    public const string ChildIdCardIssued = "vn.identity.childidcardissued.v1";

    /// <summary>The child's identity card was refused: the birth stays registered.</summary>
    public const string ChildIdCardRefused = "vn.identity.childidcardrefused.v1";

    /// <summary>A consumer reports a wrong field to the owner of the data, as the law bids.</summary>
    public const string DataErrorReported = "vn.quality.dataerrorreported.v1";

    /// <summary>Whoever received a wrong version says that the right one stands in its place now.</summary>
    public const string CorrectionApplied = "vn.quality.correctionapplied.v1";

    /// <summary>The bus tells an agency which events it received that a correction, an annulment or a revocation has made wrong.</summary>
    public const string WrongVersionReceived = "vn.exchangebus.wrongversionreceived.v1";

    /// <summary>An agreement has changed; what it says holds for the events after this one.</summary>
    public const string AgreementChanged = "vn.exchangebus.agreementchanged.v1";

    /// <summary>A subscription was made, changed, paused, resumed or ended; it holds for the events after this one.</summary>
    public const string SubscriptionChanged = "vn.exchangebus.subscriptionchanged.v1";

    /// <summary>The last day of an agreement is over; it permits nothing that was accepted later. Said to the agency that receives and to the owner of the data.</summary>
    public const string AgreementExpired = "vn.exchangebus.agreementexpired.v1";

    /// <summary>The end that a subscription was given has come; what is accepted later is not delivered.</summary>
    public const string SubscriptionExpired = "vn.exchangebus.subscriptionexpired.v1";

    /// <summary>A delivery was given up after all its attempts and is a dead letter now.</summary>
    public const string DeliveryExhausted = "vn.exchangebus.deliveryexhausted.v1";
}
