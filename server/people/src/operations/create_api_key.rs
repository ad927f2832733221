//! Making an API key (新建接口密钥) for a front-end team: shown once, never more than its owner may do.

use chrono::{DateTime, Utc};
use entities::api_key;
use kernel::fault::{Fault, Stop};
use kernel::{Ctx, Place};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, Set};
use uuid::Uuid;

use super::shared;
use crate::rules::contact;
use crate::rules::keys::{self, KeyFlaw};
use crate::{identity, policy, views};

kernel::refusals! {
    /// Why no key was made (不予新建密钥).
    pub CreateApiKey => CreateApiKeyRefused, CreateApiKeyRefusalCode {
        /// Not a name.
        InvalidLabel @ "label": "请填写密钥名称（不超过60字）。" / "Enter a label of at most 60 characters.",
        /// Good for nothing.
        NoScope @ "scopes": "请至少选择一项权限。" / "Choose at least one permission.",
        /// Not a permission.
        UnknownScope { scope: String } @ "scopes": "没有权限{scope}，请从列表中选择。" / "There is no permission {scope}; choose from the list.",
        /// More than its owner may do.
        BeyondOwner { scope: String } @ "scopes":
            "您本人没有权限{scope}，不能授予密钥。" / "You do not have the permission {scope} and cannot give it to a key.",
        /// Too many origins.
        TooManyOrigins @ "origins": "来源网址最多20个。" / "At most 20 origins.",
        /// Not an origin.
        InvalidOrigin { origin: String } @ "origins":
            "来源网址{origin}不正确：形如https://app.example.cn，不带路径；仅本机可用http。" /
            "{origin} is not an origin: write https://app.example.cn without a path; http only for this machine.",
        /// Over already, or for too long.
        InvalidEnd @ "expiresAt": "到期时间须晚于现在，且不超过三年。" / "The end must lie ahead, by three years at most.",
        /// Too many keys.
        TooManyKeys: "有效密钥已达20个，请先吊销不用的密钥。" / "You have 20 live keys; revoke those you do not use.",
    }
}

/// A key to be made (密钥信息).
#[derive(Clone, Debug)]
pub struct KeyInput {
    /// What it is for.
    pub label: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// Where a browser may send it from; empty: servers only.
    pub origins: Vec<String>,
    /// When it ends; a year from now unless said.
    pub ends: Option<DateTime<Utc>>,
}

/// A key that was made (新密钥).
pub struct NewKey {
    /// Its row.
    pub id: Uuid,
    /// The key itself, shown once.
    pub secret: String,
}

/// Makes an API key (新建接口密钥).
pub async fn create_api_key(ctx: &Ctx, input: KeyInput) -> Result<NewKey, Stop<CreateApiKey>> {
    let (actor, _) = shared::free_session(ctx)?;
    let owner = actor.id;
    let permissions = views::permissions(ctx).await?;
    let all: Vec<String> = ctx.kernel().actions().map(kernel::Action::name).collect();
    ctx.transact(&policy::MANAGE_KEYS, |tx| async move {
        tx.authorize(&policy::MANAGE_KEYS, &Place::city()).await?;
        let (ctx, now) = (tx.ctx().clone(), tx.ctx().now());
        let label = contact::line(&input.label, 60).ok_or(Stop::Refused(CreateApiKey::InvalidLabel))?;
        let refused = |flaw| Stop::Refused(refusal(flaw));
        let scopes = keys::scopes(&input.scopes, &permissions, &all).map_err(refused)?;
        let origins = keys::origins(&input.origins).map_err(refused)?;
        let ends = keys::end(input.ends, now).map_err(refused)?;
        let live = api_key::Entity::find()
            .filter(api_key::Column::AccountId.eq(owner))
            .filter(api_key::Column::RevokedAt.is_null())
            .filter(api_key::Column::ExpiresAt.gt(now))
            .count(&tx)
            .await?;
        if usize::try_from(live).unwrap_or(usize::MAX) >= keys::MOST_KEYS {
            return Err(Stop::Refused(CreateApiKey::TooManyKeys));
        }
        let secret = identity::new_token(&ctx, identity::KEY_PREFIX)?;
        let id = ctx.new_id();
        let shown = identity::KEY_PREFIX.len() + ctx.tenant().code.len() + 1 + 4;
        let row = api_key::ActiveModel {
            id: Set(id),
            account_id: Set(owner),
            label: Set(label),
            prefix: Set(secret.get(..shown).unwrap_or_default().to_owned()),
            token_hash: Set(identity::token_hash(&secret)),
            scopes: Set(serde_json::to_value(&scopes).map_err(Fault::of("write the scopes of a key"))?),
            origins: Set(serde_json::to_value(&origins).map_err(Fault::of("write the origins of a key"))?),
            created_at: Set(now),
            expires_at: Set(Some(ends)),
            last_used_at: Set(None),
            revoked_at: Set(None),
        };
        api_key::Entity::insert(row).exec_without_returning(&tx).await?;
        tx.about("ApiKey", id);
        tx.note("scopes", scopes);
        // The list of origins that may call is kept in memory.
        tx.invalidate(kernel::invalidate::SESSIONS);
        Ok(NewKey { id, secret })
    })
    .await
}

fn refusal(flaw: KeyFlaw) -> CreateApiKey {
    match flaw {
        KeyFlaw::NoScope => CreateApiKey::NoScope,
        KeyFlaw::UnknownScope(scope) => CreateApiKey::UnknownScope { scope },
        KeyFlaw::BeyondOwner(scope) => CreateApiKey::BeyondOwner { scope },
        KeyFlaw::TooManyOrigins => CreateApiKey::TooManyOrigins,
        KeyFlaw::InvalidOrigin(origin) => CreateApiKey::InvalidOrigin { origin },
        KeyFlaw::InvalidEnd => CreateApiKey::InvalidEnd,
    }
}
