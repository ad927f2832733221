//! Personal data by person (个人信息主体): each chapter says what it holds about somebody, shows a value of it for a reason,
//! and lets go of it (个人信息保护法 art 45 and 47). Plugins do the same through their manifest, switched on or off: what was
//! written while one was on lies there still.

pub mod erasures;

use std::ops::RangeInclusive;
use std::sync::Arc;

use async_graphql::Enum;
pub use async_trait::async_trait;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use self::erasures::{PersonErased, Whose};
use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::gql::moment;
use crate::kernel::Kernel;
use crate::pii::Pii;
use crate::policy::Action;
use crate::text::{Lang, Text};
use crate::transact::Tx;

/// Characters of the reason for which a value, or a file about somebody, is shown (查看原因); the audit keeps it.
pub const REASON: RangeInclusive<usize> = 4..=200;

/// A kind of personal value (个人信息类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize)]
pub enum PersonalField {
    /// An address for mail (电子邮箱).
    Email,
    /// A name (姓名).
    Name,
    /// A telephone number (联系电话).
    Phone,
    /// A citizen number (公民身份号码).
    IdNumber,
    /// The number of a certificate (证书编号).
    CertificateNumber,
}

impl PersonalField {
    /// As the audit names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Name => "name",
            Self::Phone => "phone",
            Self::IdNumber => "id_number",
            Self::CertificateNumber => "certificate_number",
        }
    }
}

/// A value that is masked in answers and can be shown for a reason (可查看的个人信息).
#[derive(Debug)]
pub struct Shown {
    /// Of what kind of object, as its global ids say.
    pub kind: &'static str,
    /// Which value of it.
    pub field: PersonalField,
    /// Who may.
    pub action: &'static Action,
}

/// Somebody with an account here (个人).
#[derive(Clone, Debug)]
pub struct Person {
    /// The account.
    pub account: Uuid,
    /// What is typed at sign-in.
    pub username: String,
    /// The working name.
    pub name: Pii<String>,
    /// The address.
    pub email: Option<Pii<String>>,
}

/// Somebody from the city who has no account: whoever works, or has others work (个人用户).
#[derive(Clone, Debug)]
pub struct CitizenPerson {
    /// The citizen.
    pub citizen: Uuid,
    /// The name, once it was given.
    pub name: Option<Pii<String>>,
    /// The number, E.164.
    pub phone: Option<Pii<String>>,
    /// The citizen number, once it was given.
    pub id_number: Option<Pii<String>>,
    /// Entries that turned out to be the same person's: nothing is left in them, and the audit speaks of them.
    pub merged: Vec<Uuid>,
}

impl CitizenPerson {
    /// Every id that stands for the citizen.
    pub fn ids(&self) -> impl Iterator<Item = Uuid> + Clone {
        std::iter::once(self.citizen).chain(self.merged.iter().copied())
    }
}

/// One thing that is held about a person (个人信息条目).
#[derive(Debug)]
pub struct Piece {
    /// What it is, in words.
    pub title: Text,
    /// Its values, by the names they have in answers.
    pub values: Vec<(&'static str, Pii<String>)>,
    /// Why erasing leaves it, if it does.
    pub kept: Option<Text>,
}

/// What a chapter or plugin knows of people (个人信息提供者).
#[async_trait]
pub trait PersonalData: Send + Sync {
    /// What of it can be shown for a reason.
    fn shown(&self) -> &'static [Shown] {
        &[]
    }

    /// Loads and authorises the object and opens its value; *not found* where it has none.
    async fn reveal(&self, tx: &Tx, shown: &Shown, id: Uuid) -> Result<Pii<String>, Fault> {
        let _ = (tx, shown, id);
        Err(Fault::NotFound)
    }

    /// Everything held about the person.
    async fn held(&self, ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault>;

    /// Lets go of everything that need not be kept; how many rows.
    async fn erase(&self, tx: &Tx, person: &Person) -> Result<u64, Fault>;

    /// Whoever has this account, if it is this chapter's to say and not erased yet.
    async fn person(&self, tx: &Tx, account: Uuid) -> Result<Option<Person>, Fault> {
        let _ = (tx, account);
        Ok(None)
    }

    /// The citizen with this id, if it is this chapter's to say.
    async fn citizen(&self, tx: &Tx, citizen: Uuid) -> Result<Option<CitizenPerson>, Fault> {
        let _ = (tx, citizen);
        Ok(None)
    }

    /// Everything held about a citizen.
    async fn held_of_citizen(&self, ctx: &Ctx, citizen: &CitizenPerson) -> Result<Vec<Piece>, Fault> {
        let _ = (ctx, citizen);
        Ok(Vec::new())
    }

    /// Lets go of everything about a citizen that need not be kept; how many rows. What points at the citizen or at what is
    /// the citizen's lets go of it first: chapters that stand higher are asked before those that they stand on.
    async fn erase_citizen(&self, tx: &Tx, citizen: &CitizenPerson) -> Result<u64, Fault> {
        let _ = (tx, citizen);
        Ok(0)
    }
}

/// Those who know of people, each with its name and title.
pub(crate) fn providers(kernel: &Kernel) -> impl Iterator<Item = (&'static str, Text, Arc<dyn PersonalData>)> {
    kernel.manifests.iter().filter_map(|m| m.personal.clone().map(|provider| (m.name, m.title, provider)))
}

/// Everything the house holds about a person (个人信息副本), as a JSON document in the language of whoever asks.
pub async fn document(ctx: &Ctx, person: &Person) -> Result<Vec<u8>, Fault> {
    let lang = ctx.lang();
    let mut chapters = Vec::new();
    for (name, title, provider) in providers(ctx.kernel()) {
        let pieces = provider.held(ctx, person).await?;
        let items: Vec<Value> = pieces.iter().map(|piece| item(piece, lang)).collect();
        chapters.push(json!({ "chapter": name, "title": title.get(lang), "items": items }));
    }
    whole(ctx, "username", &person.username, &chapters)
}

/// Everything the house holds about a citizen (个人信息副本), as a JSON document in the language of whoever asks.
pub async fn document_of_citizen(ctx: &Ctx, citizen: &CitizenPerson) -> Result<Vec<u8>, Fault> {
    let lang = ctx.lang();
    let mut chapters = Vec::new();
    for (name, title, provider) in providers(ctx.kernel()) {
        let pieces = provider.held_of_citizen(ctx, citizen).await?;
        let items: Vec<Value> = pieces.iter().map(|piece| item(piece, lang)).collect();
        chapters.push(json!({ "chapter": name, "title": title.get(lang), "items": items }));
    }
    whole(ctx, "citizen", ctx.gid("Citizen", citizen.citizen).as_str(), &chapters)
}

fn whole(ctx: &Ctx, whose: &str, name: &str, chapters: &[Value]) -> Result<Vec<u8>, Fault> {
    let whole = json!({
        "city": ctx.tenant().code,
        whose: name,
        "madeAt": moment(ctx.now()).to_rfc3339(),
        "chapters": chapters,
    });
    serde_json::to_vec_pretty(&whole).map_err(Fault::of("write down what is held about a person"))
}

/// The copy is the person's own: it says the values themselves.
fn item(piece: &Piece, lang: Lang) -> Value {
    let values: serde_json::Map<String, Value> =
        piece.values.iter().map(|(name, value)| ((*name).to_owned(), value.expose().as_str().into())).collect();
    json!({ "what": piece.title.get(lang), "values": values, "kept": piece.kept.map(|why| why.get(lang)) })
}

/// Lets go of everything about a person in every chapter and plugin, and of the key under which the audit speaks of the
/// person (删除个人信息), and has the platform remember it; how many rows.
pub async fn erase(tx: &Tx, person: &Person) -> Result<u64, Fault> {
    let mut rows = 0;
    for (_, _, provider) in providers(tx.ctx().kernel()) {
        rows += provider.erase(tx, person).await?;
    }
    forget(tx, Whose::Account, person.account).await?;
    Ok(rows)
}

/// Lets go of everything about a citizen in every chapter and plugin, those that stand higher first, and of the key under
/// which the audit speaks of the citizen (删除个人信息), and has the platform remember it; how many rows.
pub async fn erase_citizen(tx: &Tx, citizen: &CitizenPerson) -> Result<u64, Fault> {
    let all: Vec<_> = providers(tx.ctx().kernel()).map(|(_, _, provider)| provider).collect();
    let mut rows = 0;
    for provider in all.iter().rev() {
        rows += provider.erase_citizen(tx, citizen).await?;
    }
    for id in citizen.ids() {
        forget(tx, Whose::Citizen, id).await?;
    }
    Ok(rows)
}

async fn forget(tx: &Tx, whose: Whose, person: Uuid) -> Result<(), Fault> {
    crate::person_key::forget(tx, person).await?;
    tx.announce(&PersonErased { whose, person, at: tx.ctx().now() })
}
