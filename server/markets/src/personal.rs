//! What this chapter holds about a person (个人信息): contacts of markets, tasks, imports, checks and samples.

use kernel::gql::moment;
use kernel::personal::{Person, PersonalData, PersonalField, Piece, Shown, async_trait};
use kernel::{Ctx, Fault, Pii, Text, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::policy;
use crate::rows::{directory_import, map_annotation, market_contact, monitoring_sample, safety_check};
use crate::store::{market as rows, visible};

/// What can be shown for a reason.
static SHOWN: [Shown; 1] =
    [Shown { kind: "MarketContact", field: PersonalField::Phone, action: &policy::REVEAL_CONTACT }];

/// Why checks and samples stay as they are: a record of who looked is worth nothing without who looked.
const KEPT: Text = Text::new(
    "履行法定职责的工作记录，依《个人信息保护法》第十三条保留",
    "a record of official work, kept under the Personal Information Protection Law, art 13",
);

/// What this chapter knows of people.
pub(crate) struct OfMarkets;

#[async_trait]
impl PersonalData for OfMarkets {
    fn shown(&self) -> &'static [Shown] {
        &SHOWN
    }

    async fn reveal(&self, tx: &Tx, shown: &Shown, id: Uuid) -> Result<Pii<String>, Fault> {
        let row = market_contact::Entity::find_by_id(id).one(tx).await?.ok_or(Fault::NotFound)?;
        let market = visible::load(tx, tx.ctx(), row.market_id).await?;
        tx.authorize(shown.action, &visible::place_of(&market)).await?;
        match (row.phone_sealed, row.phone) {
            (Some(sealed), _) => tx.ctx().keys().await?.open("market_contact", "phone_sealed", id, &sealed),
            (None, public) => public.map(Pii::new).ok_or(Fault::NotFound),
        }
    }

    async fn held(&self, ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault> {
        let mut pieces = tasks(ctx, person).await?;
        pieces.extend(imports(ctx, person).await?);
        pieces.extend(checks(ctx, person).await?);
        pieces.extend(samples(ctx, person).await?);
        Ok(pieces)
    }

    /// Tasks belong to nobody again, and an import forgets a filer who is the person. Checks and samples stay.
    async fn erase(&self, tx: &Tx, person: &Person) -> Result<u64, Fault> {
        let markets = map_annotation::Entity::find().select_only().column(map_annotation::Column::MarketId);
        let markets = markets.filter(map_annotation::Column::Assignee.eq(person.account)).into_tuple::<Uuid>();
        rows::hold(tx, markets.all(tx).await?).await?;
        let tasks = map_annotation::Entity::update_many()
            .col_expr(map_annotation::Column::Assignee, Expr::value(Option::<Uuid>::None))
            .col_expr(map_annotation::Column::Version, Expr::col(map_annotation::Column::Version).add(1))
            .filter(map_annotation::Column::Assignee.eq(person.account))
            .exec(tx)
            .await?;
        let ring = tx.ctx().keys().await?;
        let mut filed = Vec::new();
        for row in own_imports().filter(by(person)).all(tx).await? {
            let Some(sealed) = &row.filer else { continue };
            if ring.open("directory_import", "filer", row.id, sealed)? == person.name {
                filed.push(row.id);
            }
        }
        let imports = directory_import::Entity::update_many()
            .col_expr(directory_import::Column::Filer, Expr::value(Option::<Vec<u8>>::None))
            .filter(directory_import::Column::Id.is_in(filed))
            .exec(tx)
            .await?;
        Ok(tasks.rows_affected + imports.rows_affected)
    }
}

fn own_imports() -> sea_orm::Select<directory_import::Entity> {
    directory_import::Entity::find().order_by_asc(directory_import::Column::Id)
}

fn by(person: &Person) -> sea_orm::sea_query::SimpleExpr {
    directory_import::Column::CreatedBy.eq(person.account)
}

/// The texts that are there.
fn texts<const N: usize>(values: [(&'static str, Option<String>); N]) -> Vec<(&'static str, Pii<String>)> {
    values.into_iter().filter_map(|(name, value)| Some((name, value?.into()))).collect()
}

async fn tasks(ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault> {
    let rows = map_annotation::Entity::find()
        .filter(map_annotation::Column::Assignee.eq(person.account))
        .order_by_asc(map_annotation::Column::Id)
        .all(&ctx.scope())
        .await?;
    let piece = |row: map_annotation::Model| Piece {
        title: Text::new("分派给本人的标注任务", "Annotation that is the person's task"),
        values: texts([
            ("market", Some(ctx.gid("Market", row.market_id).to_string())),
            ("provider", Some(row.provider)),
            ("note", row.note),
            ("dueOn", row.due_on.map(|day| day.to_string())),
        ]),
        kept: None,
    };
    Ok(rows.into_iter().map(piece).collect())
}

async fn imports(ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault> {
    let ring = ctx.keys().await?;
    let mut pieces = Vec::new();
    for row in own_imports().filter(by(person)).all(&ctx.scope()).await? {
        let filer = row.filer.as_deref().map(|sealed| ring.open("directory_import", "filer", row.id, sealed));
        let at = moment(row.created_at).to_rfc3339();
        let mut values = texts([("fileName", Some(row.file_name)), ("createdAt", Some(at))]);
        values.extend(filer.transpose()?.map(|filer| ("filer", filer)));
        pieces.push(Piece {
            title: Text::new("本人的名录导入", "Import by the person"), values, kept: Some(KEPT)
        });
    }
    Ok(pieces)
}

async fn checks(ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault> {
    let rows = safety_check::Entity::find()
        .filter(safety_check::Column::RecordedBy.eq(person.account))
        .order_by_asc(safety_check::Column::Id)
        .all(&ctx.scope())
        .await?;
    let piece = |row: safety_check::Model| Piece {
        title: Text::new("本人登记的安全检查", "Safety check that the person recorded"),
        values: texts([
            ("market", Some(ctx.gid("Market", row.market_id).to_string())),
            ("inspectedOn", Some(row.inspected_on.to_string())),
            ("inspector", Some(row.inspector)),
        ]),
        kept: Some(KEPT),
    };
    Ok(rows.into_iter().map(piece).collect())
}

async fn samples(ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault> {
    let rows = monitoring_sample::Entity::find()
        .filter(monitoring_sample::Column::RecordedBy.eq(person.account))
        .order_by_asc(monitoring_sample::Column::Id)
        .all(&ctx.scope())
        .await?;
    let piece = |row: monitoring_sample::Model| Piece {
        title: Text::new("本人登记的抽样", "Sample that the person recorded"),
        values: texts([
            ("market", Some(ctx.gid("Market", row.market_id).to_string())),
            ("sampledOn", Some(row.sampled_on.to_string())),
            ("countedBy", Some(row.counted_by)),
        ]),
        kept: Some(KEPT),
    };
    Ok(rows.into_iter().map(piece).collect())
}
