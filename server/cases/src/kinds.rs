//! The words of cases (枚举): each with its code as stored, and its name in both languages.

use async_graphql::Enum;
use kernel::Text;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Makes an enum that GraphQL, the store and people each spell in their own way.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:tt: $zh:literal / $en:literal),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(
                Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
            )]
            #[sea_orm(rs_type = "String", db_type = "Text")]
            #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
            pub enum $name {
                $($(#[$vdoc])* #[sea_orm(string_value = $code)] $variant),*
            }

            impl $name {
                /// As GraphQL and the store spell it.
                #[must_use]
                pub const fn code(self) -> &'static str {
                    match self { $(Self::$variant => $code),* }
                }

                /// Its name for people.
                #[must_use]
                pub const fn title(self) -> Text {
                    match self { $(Self::$variant => Text::new($zh, $en)),* }
                }
            }
        )*
    };
}

kinds! {
    /// State of a case (办件状态).
    CaseStatus {
        /// It came in and is nobody's yet (待受理).
        Received = "RECEIVED": "待受理" / "received",
        /// An official took it and owns it (办理中).
        Accepted = "ACCEPTED": "办理中" / "in hand",
        /// It was decided (已办结).
        Decided = "DECIDED": "已办结" / "decided",
        /// Whoever opened it took it back (已撤回).
        Withdrawn = "WITHDRAWN": "已撤回" / "withdrawn",
    }
    /// What was decided (办理结果).
    CaseDecision {
        /// The person is right, and what it is about is undone (予以支持).
        Upheld = "UPHELD": "予以支持" / "upheld",
        /// The person is right, and what was recorded is put right as well (予以支持并更正).
        Corrected = "CORRECTED": "予以支持并更正记录" / "upheld, and the record put right",
        /// What it is about stands (不予支持).
        Dismissed = "DISMISSED": "不予支持" / "dismissed",
    }
    /// A kind of entry in the course of a case (办理节点).
    CaseEventKind {
        /// It was opened (提出).
        Opened = "OPENED": "提出" / "opened",
        /// An official took it (受理).
        Taken = "TAKEN": "受理" / "taken",
        /// The owner offered it to somebody (提请转办).
        Offered = "OFFERED": "提请转办" / "offered to another official",
        /// Whoever was offered it accepted, and owns it from here on (接办).
        HandedOver = "HANDED_OVER": "接办" / "handed over",
        /// Its owner is gone; it is nobody's again (退回待受理).
        Released = "RELEASED": "退回待受理" / "without an owner again",
        /// Somebody who handles it left a note for colleagues (内部备注).
        Noted = "NOTED": "内部备注" / "internal note",
        /// One working day is left (黄牌预警).
        Warned = "WARNED": "黄牌预警" / "one working day left",
        /// Its time ran out (红牌超时).
        Breached = "BREACHED": "红牌超时" / "overdue",
        /// It was decided (办结).
        Decided = "DECIDED": "办结" / "decided",
        /// It was taken back (撤回).
        Withdrawn = "WITHDRAWN": "撤回" / "withdrawn",
    }
    /// Who somebody in a case is (当事人类型).
    CasePartyKind {
        /// Somebody with an account: an official, or whoever works for a hiring party (账号).
        Account = "ACCOUNT": "账号" / "account",
        /// A worker or another person without one (个人).
        Citizen = "CITIZEN": "个人" / "citizen",
        /// The house itself, by its clock (系统).
        House = "HOUSE": "系统" / "the system",
    }
}

/// Who opened a case (提出人).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opener {
    /// Somebody with an account.
    Account(Uuid),
    /// A person without one, by the id under which a chapter above knows the person.
    Citizen(Uuid),
}

impl Opener {
    /// As a row keeps it.
    #[must_use]
    pub const fn columns(self) -> (CasePartyKind, Uuid) {
        match self {
            Self::Account(id) => (CasePartyKind::Account, id),
            Self::Citizen(id) => (CasePartyKind::Citizen, id),
        }
    }
}
