//! The house in GraphQL: thin.

mod audit;
mod city;
mod jobs;
mod letters;
mod mutation;
mod personal;
mod plugins;
mod query;
mod subscription;
mod texts;
mod uploads;

pub use audit::{AuditEntry, AuditFilter, AuditResult, AuditStatus};
pub use city::City;
pub use jobs::{Job, JobStatus};
pub use letters::{MailMessage, MailStatus};
pub use mutation::{
    CancelJobResult, CompleteUploadResult, CreateUploadResult, DisablePluginResult, EnablePluginResult, HouseMutation,
    PurgePluginResult, ResendSmsResult, RetryMailResult, RevealPersonalValueResult, VerifyAuditResult,
};
pub use personal::{PersonalValue, RevealPersonalValueInput};
pub use plugins::{DisablePluginInput, EnablePluginInput, Plugin, PluginSetting, PluginState, SettingSource};
pub use query::HouseQuery;
pub use subscription::HouseSubscription;
pub use texts::{SmsDirection, SmsFilter, SmsMessage, SmsStatus};
pub use uploads::{CreateUploadInput, Upload, UploadPurpose, UploadTicket};
