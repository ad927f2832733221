//! People (人员): who signs in, and what they may do. Start with `README.md`.

pub mod agencies;
mod cache;
mod citizens;
mod colleagues;
mod events;
mod identity;
mod jobs;
mod labels;
mod mail;
pub mod migrations;
mod operations;
mod parties;
mod personal;
pub mod policy;
mod prepare;
mod queries;
mod rows;
mod rules;
mod schema;
mod source;
#[doc(hidden)]
pub mod testing;
mod views;
mod workers;

use std::sync::Arc;

use kernel::outbox::Listener;
use kernel::plugin::Manifest;
use kernel::sms::SmsReceived;
use kernel::text::Text;
use operations::receive_liaison::push_liaison;

pub use agencies::events::LicenceChanged;
pub use agencies::forms::{
    AgencyBranchInput, AgencyInput, AgencyInspectionInput, AgencyParameterInput, DisplayedItemInput, FeeReceiptInput,
    LedgerEntryInput, LicenceDecisionInput, PriceItemInput, PriceListInput,
};
pub use agencies::kinds::{FeePayer, LicenceScope, LicenceStanding, LicenceStatus};
pub use agencies::operations::amend_agency::{AmendAgency, amend_agency};
pub use agencies::operations::enter_agencies::{Agencies, Licensed, enter_agencies};
pub use agencies::operations::lift_licence::{LiftAgencyLicence, lift_licence};
pub use agencies::operations::register_agency::{RegisterAgency, register_agency};
pub use agencies::operations::revoke_licence::{RevokeAgencyLicence, revoke_licence};
pub use agencies::operations::save_price_list::{SavePriceList, save_price_list};
pub use agencies::operations::suspend_licence::{SuspendAgencyLicence, suspend_licence};
pub use agencies::operations::verify_licence::{VerifyAgencyLicence, verify_licence};
pub use agencies::rules::licence::{LicenceState, may_introduce};
pub use agencies::schema::{AgenciesQuery, Agency};
pub use agencies::{Licences, agencies_of, in_standing, licence_of, licences_numbered, licences_of, may_place, teach};
pub use citizens::consents::{ConsentForm, ConsentHow, ConsentInput, ConsentPurpose};
pub use citizens::events::{CitizenErased, CitizensMerged};
pub use citizens::notice::in_force as notice_in_force;
pub use citizens::operations::block_citizen::{BlockCitizen, block_citizen};
pub use citizens::operations::change_phone::{ChangePhone, ChangePhoneInput, change_phone};
pub use citizens::operations::erase_citizen::{EraseCitizen, erase_citizen};
pub use citizens::operations::export_citizen_data::{ExportCitizenData, export_citizen_data};
pub use citizens::operations::request_phone_code::{CodeSent, RequestPhoneCode, request_phone_code};
pub use citizens::operations::sign_in_citizen::{CitizenSignedIn, SignInCitizen, SignInCitizenInput, sign_in_citizen};
pub use citizens::operations::unblock_citizen::{UnblockCitizen, unblock_citizen};
pub use citizens::operations::withdraw_consent::{WithdrawConsent, withdraw_consent};
pub use citizens::rules::codes::PhoneCodePurpose;
pub use citizens::schema::query::CitizensQuery;
pub use colleagues::{Colleague, may, who_may};
pub use events::{AccountAmended, AccountSwitched, InvitationAccepted, LiaisonChanged, PolicyChanged, RoleChanged};
pub use identity::{CITIZEN_PREFIX, Claimed, KEY_PREFIX, SESSION_PREFIX, authenticate, origin_known, refresh};
pub use operations::accept_invitation::{AcceptInvitation, accept_invitation};
pub use operations::amend_account::{AmendAccount, AmendInput, amend_account};
pub use operations::appoint_administrators::{
    Appointed, OneTimeAccount, appoint_administrators, create_with_one_time_password,
};
pub use operations::assign_role::{AssignInput, AssignRole, assign_role};
pub use operations::begin_totp::{BeginTotp, Enrolment, begin_totp};
pub use operations::change_password::{ChangePassword, change_password};
pub use operations::confirm_totp::{ConfirmTotp, confirm_totp};
pub use operations::create_account::{CreateAccount, HashedPassword, NewAccount, NewRole, create_account};
pub use operations::create_api_key::{CreateApiKey, KeyInput, NewKey, create_api_key};
pub use operations::disable_account::{DisableAccount, disable_account};
pub use operations::enable_account::{EnableAccount, enable_account};
pub use operations::erase_personal_data::{ErasePersonalData, erase_personal_data};
pub use operations::export_personal_data::{ExportPersonalData, export_personal_data};
pub use operations::forget_city::forget_city;
pub use operations::invite_account::{InviteAccount, InviteInput, invite_account};
pub use operations::reset_password::{PasswordReset, ResetPassword, issue_password, reset_password};
pub use operations::reset_totp::{ResetTotp, reset_totp};
pub use operations::revoke_api_key::{RevokeApiKey, revoke_api_key};
pub use operations::revoke_session::{RevokeSession, revoke_session};
pub use operations::seed_people::{MadeUp, seed_people};
pub use operations::set_liaison::{LiaisonInput, SetLiaison, set_liaison};
pub use operations::set_password::set_password;
pub use operations::set_policy_line::{LineInput, SetPolicyLine, set_policy_line};
pub use operations::sign_in::{SignIn, SignInInput, SignedIn, sign_in};
pub use operations::sign_out::{SignOut, sign_out};
pub use operations::withdraw_invitation::{WithdrawInvitation, withdraw_invitation};
pub use operations::withdraw_policy_line::{WithdrawPolicyLine, withdraw_policy_line};
pub use operations::withdraw_role::{WithdrawRole, withdraw_role};
pub use parties::events::{
    PartyClosed, PartyFastLaneLost, PartyRegistered, PartyRejected, PartySuspended, PartySuspensionLifted,
    PartyVerificationLost, PartyVerified,
};
pub use parties::front::{acts_for, lose_fast_lane, pledge_in_force};
pub use parties::kinds::{PartyKind, PartyStatus, PartyStep, PartyStepResult};
pub use parties::operations::draw_rechecks::draw_rechecks;
pub use parties::operations::grant_fast_lane::{GrantFastLane, grant_fast_lane};
pub use parties::operations::record_step::{RecordVerificationStep, StepInput, record_step};
pub use parties::operations::register_party::{RegisterInput, RegisterParty, register_party};
pub use parties::operations::reject_party::{RejectInput, RejectParty, reject_party};
pub use parties::operations::sign_pledge::{SignPledge, sign_pledge};
pub use parties::operations::suspend_party::{SuspendParty, suspend_party};
pub use parties::operations::verify_party::{VerifyParty, verify_party};
pub use parties::operations::who::Who;
pub use parties::personal::{erase as erase_from_parties, held as held_by_parties, merge as merge_in_parties};
pub use parties::rules::standing::{Standing, standing};
pub use parties::schema::{HiringParty, PartiesMutation, PartiesQuery};
pub use schema::mutation::PeopleMutation;
pub use schema::query::{AccountsQuery, PeopleQuery};
pub use schema::types::{
    Account, AccountStatus, City, Department, Liaison, Role, RoleAssignment, ScopeKind, Session, Viewer,
};
pub use source::Source;
pub use views::{ProvinceLiaison, province_liaisons};
pub use workers::events::{WorkerClosed, WorkerRegistered};
pub use workers::facts::{
    WorkerFacts, hardships, is_over_age, open_name, open_phone, own_worker, statistics_least, worker_facts,
};
pub use workers::forms::{AmendWorkerInput, CertificateInput, DifficultyInput, RoughPointInput, WorkerInput};
pub use workers::kinds::{
    AgeBand, DifficultyBasis, DifficultyKind, FemaleWorkerKind, WorkHours, WorkerSource, WorkerStatus,
};
pub use workers::operations::amend_worker::{AmendWorker, amend_worker};
pub use workers::operations::close_worker::{CloseWorker, close_worker};
pub use workers::operations::look_up_worker::{LookUpWorker, Sought, look_up_worker};
pub use workers::operations::print_slip::{PrintRegistrationSlip, print_slip};
pub use workers::operations::record_difficulty::{DifficultyForm, RecordDifficulty, record_difficulty};
pub use workers::operations::register_worker::{RegisterWorker, register_worker};
pub use workers::operations::remove_certificate::{RemoveWorkerCertificate, remove_certificate};
pub use workers::operations::save_certificate::{SaveWorkerCertificate, save_certificate};
pub use workers::operations::set_parameter::{SetWorkerParameter, set_parameter};
pub use workers::operations::still_looking::{StillLooking, still_looking};
pub use workers::operations::stop_looking::{StopLooking, stop_looking};
pub use workers::operations::verify_certificate::{VerifyWorkerCertificate, verify_certificate};
pub use workers::parameters::WorkerParameter;
pub use workers::rules::minors::ground as kept_from_minors;
pub use workers::rules::statistics::Least;
pub use workers::schema::query::WorkersQuery;
pub use workers::schema::worker::Worker;

/// What this chapter adds to the house.
#[must_use]
pub fn manifest() -> Manifest {
    Manifest {
        name: "people",
        title: Text::new("人员", "People"),
        switchable: false,
        root_fields: &[],
        migrations: vec![migrations::SET, migrations::PLATFORM_SET],
        actions: policy::ACTIONS,
        grants: policy::GRANTS,
        jobs: jobs::kinds(),
        listeners: listeners(),
        personal: Some(Arc::new(personal::OfAccounts)),
    }
}

/// Who hears of what.
fn listeners() -> Vec<Listener> {
    let mut all = vec![Listener::new::<LiaisonChanged, _, _>("people.push_liaison", push_liaison)];
    all.push(Listener::new::<SmsReceived, _, _>("workers.still_looking", workers::operations::still_looking::hear));
    all.extend(agencies::listeners());
    all
}
