//! What this chapter holds about a person (个人信息): shown for a reason, handed out, erased.

use entities::{account, api_key, role_assignment, session};
use kernel::gql::moment;
use kernel::invalidate::SESSIONS;
use kernel::keys::KeyRing;
use kernel::personal::{CitizenPerson, Person, PersonalData, PersonalField, Piece, Shown, async_trait};
use kernel::{Ctx, Fault, Pii, Place, Text, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, Set,
};
use uuid::Uuid;

use crate::rows::{invitation, liaison, password_history, platform_liaison, sign_in_failure, totp_pending};
use crate::{agencies, citizens, parties, policy, queries, workers};

/// What stands where the working name stood.
const NOBODY: &str = "已删除用户";

/// What can be shown for a reason.
static SHOWN: [Shown; 11] = [
    Shown { kind: "Account", field: PersonalField::Email, action: &policy::REVEAL_ACCOUNT },
    Shown { kind: "Invitation", field: PersonalField::Email, action: &policy::REVEAL_INVITATION },
    Shown { kind: "HiringParty", field: PersonalField::Name, action: &parties::policy::REVEAL },
    Shown { kind: "HiringParty", field: PersonalField::Phone, action: &parties::policy::REVEAL },
    Shown { kind: "Liaison", field: PersonalField::Name, action: &policy::REVEAL_LIAISON },
    Shown { kind: "Liaison", field: PersonalField::Phone, action: &policy::REVEAL_LIAISON },
    Shown { kind: "Liaison", field: PersonalField::Email, action: &policy::REVEAL_LIAISON },
    Shown { kind: "Worker", field: PersonalField::Name, action: &workers::policy::REVEAL },
    Shown { kind: "Worker", field: PersonalField::Phone, action: &workers::policy::REVEAL },
    Shown { kind: "Worker", field: PersonalField::IdNumber, action: &workers::policy::REVEAL },
    Shown { kind: "WorkerCertificate", field: PersonalField::CertificateNumber, action: &workers::policy::REVEAL },
];

/// Somebody with an account, opened.
pub(crate) async fn person(ctx: &Ctx, row: &account::Model) -> Result<Person, Fault> {
    let ring = ctx.keys().await?;
    let email = row.email.as_deref().map(|sealed| ring.open("account", "email", row.id, sealed)).transpose()?;
    let name = ring.open("account", "display_name", row.id, &row.display_name)?;
    Ok(Person { account: row.id, username: row.username.clone(), name, email })
}

/// Is the person the one whom the province calls? An account and a liaison person are the same by their address.
pub(crate) async fn is_present_liaison(tx: &Tx, person: &Person) -> Result<bool, Fault> {
    Ok(own_liaisons(tx.ctx(), tx, person).await?.iter().any(|own| own.row.valid_until.is_none()))
}

/// A row in which the person stands as the liaison, opened.
struct OwnLiaison {
    row: liaison::Model,
    name: Pii<String>,
    phone: Pii<String>,
}

async fn own_liaisons<C: ConnectionTrait>(ctx: &Ctx, db: &C, person: &Person) -> Result<Vec<OwnLiaison>, Fault> {
    let Some(email) = &person.email else { return Ok(Vec::new()) };
    let (ring, email) = (ctx.keys().await?, email.map(|email| email.to_lowercase()));
    let mut own = Vec::new();
    for row in liaison::Entity::find().order_by_asc(liaison::Column::Version).all(db).await? {
        let open = |column: &str, sealed: &[u8]| ring.open("liaison", column, row.id, sealed);
        let Some(sealed) = &row.email else { continue };
        if open("email", sealed)?.map(|known| known.to_lowercase()) == email {
            let (name, phone) = (open("name", &row.name)?, open("phone", &row.phone)?);
            own.push(OwnLiaison { row, name, phone });
        }
    }
    Ok(own)
}

/// Takes a person's rows as a former liaison along to another address: they are known as the person's by it, and would be
/// left behind when the person is erased. How many there are.
pub(crate) async fn follow(tx: &Tx, person: &Person, email: &Pii<String>) -> Result<usize, Fault> {
    let ring = tx.ctx().keys().await?;
    let former = own_liaisons(tx.ctx(), tx, person).await?;
    for own in &former {
        liaison::Entity::update_many()
            .col_expr(liaison::Column::Email, Expr::value(ring.seal("liaison", "email", own.row.id, email)?))
            .filter(liaison::Column::Id.eq(own.row.id))
            .exec(tx)
            .await?;
    }
    Ok(former.len())
}

/// Invitations of the person: those that became the account, and those to the address.
fn own_invitations(ring: &KeyRing, person: &Person) -> Condition {
    let to = person.email.as_ref().map(|email| queries::email_index(ring, email));
    Condition::any()
        .add(invitation::Column::AccountId.eq(person.account))
        .add_option(to.map(|index| invitation::Column::EmailIndex.eq(index)))
}

/// What this chapter knows of people.
pub(crate) struct OfAccounts;

#[async_trait]
impl PersonalData for OfAccounts {
    fn shown(&self) -> &'static [Shown] {
        &SHOWN
    }

    async fn reveal(&self, tx: &Tx, shown: &Shown, id: Uuid) -> Result<Pii<String>, Fault> {
        if matches!(shown.kind, "Worker" | "WorkerCertificate") {
            return workers::personal::reveal(tx, shown, id).await;
        }
        let (table, column, sealed) = match (shown.kind, shown.field) {
            ("HiringParty", _) => return parties::personal::reveal(tx, shown, id).await,
            ("Account", _) => {
                let row = queries::account(tx, id).await?.ok_or(Fault::NotFound)?;
                ("account", "email", row.email)
            }
            ("Invitation", _) => {
                let row = invitation::Entity::find_by_id(id).one(tx).await?.ok_or(Fault::NotFound)?;
                ("invitation", "email", Some(row.email))
            }
            (_, field) if tx.ctx().tenant().is_platform() => {
                let row = platform_liaison::Entity::find_by_id(id).one(tx).await?.ok_or(Fault::NotFound)?;
                ("platform_liaison", field.name(), of_three(field, row.name, row.phone, row.email))
            }
            (_, field) => {
                let row = liaison::Entity::find_by_id(id).one(tx).await?.ok_or(Fault::NotFound)?;
                ("liaison", field.name(), of_three(field, row.name, row.phone, row.email))
            }
        };
        if shown.kind == "Liaison" {
            // Whoever works anywhere in the city may have to ring up its liaison person.
            tx.ctx().reach(shown.action).await?;
        } else {
            tx.authorize(shown.action, &Place::city()).await?;
        }
        let sealed = sealed.ok_or(Fault::NotFound)?;
        tx.ctx().keys().await?.open(table, column, id, &sealed)
    }

    async fn person(&self, tx: &Tx, account: Uuid) -> Result<Option<Person>, Fault> {
        match queries::account(tx, account).await? {
            Some(row) if row.status != "ERASED" => person(tx.ctx(), &row).await.map(Some),
            _ => Ok(None),
        }
    }

    async fn citizen(&self, tx: &Tx, citizen: Uuid) -> Result<Option<CitizenPerson>, Fault> {
        match citizens::store::lock(tx, citizen).await {
            Ok(row) => citizens::store::whole_person(tx, &row).await.map(Some),
            Err(Fault::NotFound) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    async fn held(&self, ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault> {
        let mut pieces = account_and_roles(ctx, person).await?;
        pieces.extend(sessions_and_keys(ctx, person).await?);
        pieces.extend(letters_of_invitation(ctx, person).await?);
        pieces.extend(agencies::personal::held(ctx, person).await?);
        for own in own_liaisons(ctx, &ctx.scope(), person).await? {
            let mut values = vec![("name", own.name), ("phone", own.phone)];
            values.extend(person.email.clone().map(|email| ("email", email)));
            values.extend(texts([("unit", Some(own.row.unit)), ("position", Some(own.row.position))]));
            values.extend(texts([("validFrom", Some(moment(own.row.valid_from).to_rfc3339()))]));
            pieces.push(Piece { title: Text::new("工作对接人", "Liaison person"), values, kept: None });
        }
        Ok(pieces)
    }

    async fn erase(&self, tx: &Tx, person: &Person) -> Result<u64, Fault> {
        let (id, ring) = (person.account, tx.ctx().keys().await?);
        let typed = ring.blind("sign_in_failure.account", &Pii::new(&person.username));
        let liaisons: Vec<Uuid> = own_liaisons(tx.ctx(), tx, person).await?.into_iter().map(|own| own.row.id).collect();
        let gone = [
            session::Entity::delete_many().filter(session::Column::AccountId.eq(id)).exec(tx).await?,
            api_key::Entity::delete_many().filter(api_key::Column::AccountId.eq(id)).exec(tx).await?,
            role_assignment::Entity::delete_many().filter(role_assignment::Column::AccountId.eq(id)).exec(tx).await?,
            password_history::Entity::delete_many().filter(password_history::Column::AccountId.eq(id)).exec(tx).await?,
            totp_pending::Entity::delete_many().filter(totp_pending::Column::AccountId.eq(id)).exec(tx).await?,
            invitation::Entity::delete_many().filter(own_invitations(&ring, person)).exec(tx).await?,
            sign_in_failure::Entity::delete_many()
                .filter(sign_in_failure::Column::AccountIndex.eq(typed))
                .exec(tx)
                .await?,
            liaison::Entity::delete_many().filter(liaison::Column::Id.is_in(liaisons)).exec(tx).await?,
        ];
        blank(tx, id).await?;
        Ok(gone.iter().map(|gone| gone.rows_affected).sum())
    }

    async fn held_of_citizen(&self, ctx: &Ctx, citizen: &CitizenPerson) -> Result<Vec<Piece>, Fault> {
        citizens::personal::held(ctx, citizen).await
    }

    async fn erase_citizen(&self, tx: &Tx, citizen: &CitizenPerson) -> Result<u64, Fault> {
        citizens::personal::erase(tx, citizen).await
    }
}

/// Leaves the user name of the account, and when it was made.
async fn blank(tx: &Tx, account: Uuid) -> Result<(), Fault> {
    let row = queries::account(tx, account).await?.ok_or(Fault::NotFound)?;
    let (ctx, version) = (tx.ctx(), row.version + 1);
    let (ring, nobody) = (ctx.keys().await?, Pii::from(NOBODY));
    let blank = account::ActiveModel {
        display_name: Set(ring.seal("account", "display_name", account, &nobody)?),
        display_name_index: Set(queries::name_index(&ring, &nobody)),
        email: Set(None),
        email_index: Set(None),
        department: Set(None),
        status: Set("ERASED".to_owned()),
        password_hash: Set(None),
        password_changed_at: Set(None),
        must_change_password: Set(false),
        totp_secret: Set(None),
        totp_last_step: Set(None),
        totp_confirmed: Set(false),
        last_sign_in_at: Set(None),
        updated_at: Set(ctx.now()),
        version: Set(version),
        ..row.into()
    };
    blank.update(tx).await?;
    tx.invalidate(SESSIONS);
    Ok(())
}

/// Which of a liaison person's values is meant.
fn of_three(field: PersonalField, name: Vec<u8>, phone: Vec<u8>, email: Option<Vec<u8>>) -> Option<Vec<u8>> {
    match field {
        PersonalField::Name => Some(name),
        PersonalField::Phone => Some(phone),
        PersonalField::Email => email,
        // It has no other.
        PersonalField::IdNumber | PersonalField::CertificateNumber => None,
    }
}

/// The texts that are there.
fn texts<const N: usize>(
    values: [(&'static str, Option<String>); N],
) -> impl Iterator<Item = (&'static str, Pii<String>)> {
    values.into_iter().filter_map(|(name, value)| Some((name, value?.into())))
}

async fn account_and_roles(ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault> {
    let row = queries::account(&ctx.scope(), person.account).await?.ok_or(Fault::NotFound)?;
    let mut values = vec![("displayName", person.name.clone())];
    values.extend(person.email.clone().map(|email| ("email", email)));
    values.extend(texts([
        ("username", Some(row.username)),
        ("department", row.department),
        ("language", Some(row.lang)),
        ("createdAt", Some(moment(row.created_at).to_rfc3339())),
        ("lastSignInAt", row.last_sign_in_at.map(|at| moment(at).to_rfc3339())),
    ]));
    let kept = Text::new(
        "删除时只保留用户名：审计日志以用户名记载由谁办理",
        "erasing leaves the user name alone: by it the audit says who did what",
    );
    let mut pieces = vec![Piece { title: Text::new("账号", "Account"), values, kept: Some(kept) }];
    for role in queries::roles_of(&ctx.scope(), &[person.account]).await?.remove(&person.account).unwrap_or_default() {
        let scope = format!("{} {}", role.scope_kind, role.scope_key).trim().to_owned();
        let until = role.valid_until.map(|day| day.to_string());
        let values = texts([("role", Some(role.role)), ("scope", Some(scope)), ("validUntil", until)]).collect();
        pieces.push(Piece { title: Text::new("角色", "Role"), values, kept: None });
    }
    Ok(pieces)
}

async fn sessions_and_keys(ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault> {
    let (scope, id) = (ctx.scope(), person.account);
    let mut pieces = Vec::new();
    for row in session::Entity::find().filter(session::Column::AccountId.eq(id)).all(&scope).await? {
        let begun = Some(moment(row.created_at).to_rfc3339());
        let values = texts([("createdAt", begun), ("network", row.ip_masked), ("userAgent", row.user_agent)]).collect();
        pieces.push(Piece { title: Text::new("会话", "Session"), values, kept: None });
    }
    for row in api_key::Entity::find().filter(api_key::Column::AccountId.eq(id)).all(&scope).await? {
        let made = Some(moment(row.created_at).to_rfc3339());
        let values = texts([("label", Some(row.label)), ("prefix", Some(row.prefix)), ("createdAt", made)]).collect();
        pieces.push(Piece { title: Text::new("接口密钥", "API key"), values, kept: None });
    }
    Ok(pieces)
}

async fn letters_of_invitation(ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault> {
    let ring = ctx.keys().await?;
    let mut pieces = Vec::new();
    for row in invitation::Entity::find().filter(own_invitations(&ring, person)).all(&ctx.scope()).await? {
        let open = |column: &str, sealed: &[u8]| ring.open("invitation", column, row.id, sealed);
        let mut values =
            vec![("displayName", open("display_name", &row.display_name)?), ("email", open("email", &row.email)?)];
        values.extend(texts([
            ("createdAt", Some(moment(row.created_at).to_rfc3339())),
            ("role", Some(row.role.clone())),
        ]));
        pieces.push(Piece { title: Text::new("邀请", "Invitation"), values, kept: None });
    }
    Ok(pieces)
}
