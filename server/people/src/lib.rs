//! People (人员): who signs in, and what they may do. Start with `README.md`.

mod cache;
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

use std::sync::Arc;

use kernel::outbox::Listener;
use kernel::plugin::Manifest;
use kernel::text::Text;
use operations::receive_liaison::push_liaison;

pub use events::{AccountAmended, AccountSwitched, InvitationAccepted, LiaisonChanged, PolicyChanged, RoleChanged};
pub use identity::{Claimed, KEY_PREFIX, SESSION_PREFIX, authenticate, origin_known, refresh};
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
pub use operations::enter_agencies::{Agencies, Licensed, enter_agencies};
pub use operations::erase_personal_data::{ErasePersonalData, erase_personal_data};
pub use operations::export_personal_data::{ExportPersonalData, export_personal_data};
pub use operations::forget_city::forget_city;
pub use operations::invite_account::{InviteAccount, InviteInput, invite_account};
pub use operations::reset_password::{PasswordReset, ResetPassword, issue_password, reset_password};
pub use operations::reset_totp::{ResetTotp, reset_totp};
pub use operations::revoke_api_key::{RevokeApiKey, revoke_api_key};
pub use operations::revoke_session::{RevokeSession, revoke_session};
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
    PartyVerified,
};
pub use parties::front::{acts_for, lose_fast_lane};
pub use parties::kinds::{PartyKind, PartyStatus, PartyStep, PartyStepResult};
pub use parties::operations::draw_rechecks::draw_rechecks;
pub use parties::operations::record_step::{RecordVerificationStep, StepInput, record_step};
pub use parties::operations::register_party::{RegisterInput, RegisterParty, register_party};
pub use parties::operations::verify_party::{VerifyParty, verify_party};
pub use parties::operations::who::Who;
pub use parties::personal::{erase as erase_from_parties, held as held_by_parties, merge as merge_in_parties};
pub use parties::rules::standing::{Standing, standing};
pub use parties::schema::{HiringParty, PartiesMutation, PartiesQuery};
pub use schema::mutation::PeopleMutation;
pub use schema::query::PeopleQuery;
pub use schema::types::{
    Account, AccountStatus, Agency, City, Department, Liaison, Role, RoleAssignment, ScopeKind, Session, Viewer,
};
pub use source::Source;
pub use views::{ProvinceLiaison, agencies_of, province_liaisons, teach};

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
        listeners: vec![Listener::new::<LiaisonChanged, _, _>("people.push_liaison", push_liaison)],
        personal: Some(Arc::new(personal::OfAccounts)),
    }
}
