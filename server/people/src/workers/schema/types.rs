//! What belongs to a worker, and what is counted.

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::checks::mask;
use kernel::geo::Crs;
use kernel::gql::{self, Date};
use kernel::keys::KeyRing;
use kernel::{Ctx, Fault, Mask};

use crate::workers::kinds::{AgeBand, DifficultyBasis, DifficultyKind};
use crate::workers::parameters::{Parameters, WorkerParameter};
use crate::workers::queries::{Counts, Row, WorkerStatisticsBy};
use crate::workers::rows::{worker_certificate, worker_difficulty};
use crate::workers::rules::card::Card;
use crate::workers::rules::form::called;

/// A trade that somebody works at (从事工种).
#[derive(Clone, Debug, SimpleObject)]
pub struct WorkerTrade {
    /// Its code (代码).
    pub code: String,
    /// What it is called (名称).
    pub name: String,
    /// Does it need a special-operation certificate (是否须持特种作业操作证)?
    pub needs_certificate: bool,
}

impl WorkerTrade {
    pub(crate) fn of(code: &str) -> Self {
        let needs_certificate = kernel::trades::Trades::standard().needs_certificate(code);
        Self { code: code.to_owned(), name: called(code), needs_certificate }
    }
}

/// Roughly where somebody is, about a kilometre (大致位置).
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct RoughPoint {
    /// Latitude in degrees (纬度).
    pub lat: f64,
    /// Longitude in degrees (经度).
    pub lng: f64,
    /// The reference system of both (坐标系).
    pub crs: Crs,
}

/// A certificate for a trade that needs one (特种作业操作证).
#[derive(Clone, Debug, SimpleObject)]
pub struct WorkerCertificate {
    /// Its id (标识).
    pub id: ID,
    /// For which trade (工种).
    pub trade: WorkerTrade,
    /// Its number, masked (证书编号，已脱敏).
    pub number_masked: String,
    /// The last day on which it is valid (有效期至).
    pub valid_until: Date,
    /// Did somebody who saw it vouch for it (是否已核验)?
    pub verified: bool,
    /// When (核验时间).
    pub verified_at: Option<DateTime<FixedOffset>>,
}

impl WorkerCertificate {
    pub(crate) fn of(ctx: &Ctx, ring: &KeyRing, row: &worker_certificate::Model) -> Result<Self, Fault> {
        let number = ring.open("worker_certificate", "number", row.id, &row.number)?;
        Ok(Self {
            id: ctx.gid("WorkerCertificate", row.id),
            trade: WorkerTrade::of(&row.trade),
            number_masked: number.masked(Mask::Serial),
            valid_until: row.valid_until.into(),
            verified: row.verified_at.is_some(),
            verified_at: row.verified_at.map(gql::moment),
        })
    }
}

/// Hardship of a worker (困难情形): to whoever may see it.
#[derive(Clone, Debug, SimpleObject)]
pub struct WorkerDifficulty {
    /// Which (困难情形).
    pub kind: DifficultyKind,
    /// What it rests on (依据).
    pub basis: DifficultyBasis,
    /// The consent it rests on: withdrawing it deletes this (同意记录标识).
    pub consent_id: ID,
    /// Is there a scan that proves it (是否有证明材料)?
    pub has_evidence: bool,
    /// The last day on which it counts (有效期至).
    pub valid_until: Option<Date>,
    /// The office that certified it (认定机构).
    pub certified_by: Option<String>,
    /// When it did (认定日期).
    pub certified_on: Option<Date>,
}

impl WorkerDifficulty {
    pub(crate) fn of(ctx: &Ctx, ring: &KeyRing, row: &worker_difficulty::Model) -> Result<Self, Fault> {
        let kind = ring.open("worker_difficulty", "kind", row.id, &row.kind)?;
        let office = |sealed: &[u8]| ring.open("worker_difficulty", "certified_by", row.id, sealed);
        let certified_by = row.certified_by.as_deref().map(office).transpose()?;
        let kind = kind.try_map(|text| DifficultyKind::parse(text));
        Ok(Self {
            kind: kind.map_or(DifficultyKind::Other, |kind| *kind.expose()),
            basis: DifficultyBasis::parse(&row.basis).unwrap_or(DifficultyBasis::Declared),
            consent_id: ctx.gid("Consent", row.consent_id),
            has_evidence: row.evidence.is_some(),
            valid_until: row.valid_until.map(Into::into),
            certified_by: certified_by.map(|office| office.expose().clone()),
            certified_on: row.certified_on.map(Into::into),
        })
    }
}

/// A count of workers (零工人员计数).
#[derive(Clone, Debug, SimpleObject)]
pub struct WorkerCount {
    /// What was counted, as a code (代码).
    pub key: String,
    /// In words (名称).
    pub label: String,
    /// How many; null where so few would tell something of one person (人数；人数过少的不显示).
    pub count: Option<i64>,
    /// Of these by band of ages (其中分年龄段); empty where the rows are bands of ages.
    pub by_age: Vec<WorkerAgeCount>,
    /// Of these by hardship (其中分困难情形): who has two counts in both. Empty where the rows are hardships, or bands of ages; for the
    /// two together ask hardships by age.
    pub by_difficulty: Vec<WorkerDifficultyCount>,
}

/// Those of a band of ages (分年龄段人数).
#[derive(Clone, Debug, SimpleObject)]
pub struct WorkerAgeCount {
    /// The band of ages (年龄段).
    pub age: AgeBand,
    /// How many; null where so few would tell something of one person, or where they are counted in a row that is not shown
    /// (人数；人数过少的不显示).
    pub count: Option<i64>,
}

/// Those with a hardship on record today (分困难情形人数).
#[derive(Clone, Debug, SimpleObject)]
pub struct WorkerDifficultyCount {
    /// The hardship (困难情形).
    pub difficulty: DifficultyKind,
    /// How many; null where so few would tell something of one person, or where they are counted in a row that is not shown
    /// (人数；人数过少的不显示).
    pub count: Option<i64>,
}

/// Workers counted (零工人员统计): registrations that hold, within reach.
#[derive(Clone, Debug, SimpleObject)]
pub struct WorkerStatistics {
    /// By what (统计口径).
    pub by: WorkerStatisticsBy,
    /// The counts (计数).
    pub rows: Vec<WorkerCount>,
    /// How many registrations; a person may be in several rows or in none (登记总数).
    pub total: Option<i64>,
    /// Fewer than this are not counted, and where one count is left out, so is the next smallest (统计最少人数).
    pub least: i32,
}

impl WorkerStatistics {
    pub(crate) fn of(by: WorkerStatisticsBy, counts: Counts) -> Self {
        let age = |(age, count)| WorkerAgeCount { age, count };
        let difficulty = |(difficulty, count)| WorkerDifficultyCount { difficulty, count };
        let row = |row: Row| WorkerCount {
            key: row.key,
            label: row.label,
            count: row.count,
            by_age: row.by_age.into_iter().map(age).collect(),
            by_difficulty: row.by_difficulty.into_iter().map(difficulty).collect(),
        };
        Self { by, rows: counts.rows.into_iter().map(row).collect(), total: counts.total, least: counts.least }
    }
}

/// A figure of the city about workers (零工人员参数).
#[derive(Clone, Debug, SimpleObject)]
pub struct WorkerParameterValue {
    /// Which (参数).
    pub parameter: WorkerParameter,
    /// In words (名称).
    pub title: String,
    /// What holds here (当前值).
    pub value: i32,
    /// What holds where nothing is said (默认值).
    pub default_value: i32,
    /// The least it may be (最小值).
    pub least: i32,
    /// The most it may be (最大值).
    pub most: i32,
    /// Did this city set it (是否本市设置)?
    pub set_here: bool,
}

impl WorkerParameterValue {
    pub(crate) fn of(ctx: &Ctx, figures: &Parameters, parameter: WorkerParameter) -> Self {
        let (least, most) = parameter.bounds();
        Self {
            parameter,
            title: parameter.title().get(ctx.lang()).to_owned(),
            value: figures.get(parameter),
            default_value: parameter.default(),
            least,
            most,
            set_here: figures.is_set(parameter),
        }
    }
}

/// What an ID-card reader typed, as a form takes it (读卡结果). Nothing of it is kept.
#[derive(Clone, Debug, SimpleObject)]
pub struct IdCard {
    /// The name (姓名).
    pub name: Option<String>,
    /// The citizen number, if it checks (公民身份号码，校验通过的).
    pub id_number: Option<String>,
    /// The same masked, for the screen (公民身份号码，已脱敏).
    pub id_number_masked: Option<String>,
    /// The day of birth (出生日期).
    pub born: Option<Date>,
    /// Age in completed years today (周岁).
    pub age: Option<i32>,
    /// A county of this city that address or number name (县区代码).
    pub county: Option<String>,
}

impl IdCard {
    pub(crate) fn of(ctx: &Ctx, card: &Card) -> Self {
        let age = card.id.as_ref().and_then(|id| id.age_on(ctx.today()));
        Self {
            name: card.name.clone(),
            id_number: card.id.as_ref().map(|id| id.reveal().to_owned()),
            id_number_masked: card.id.as_ref().map(|id| mask::citizen_id(id.reveal())),
            born: card.born().map(Into::into),
            age: age.and_then(|age| i32::try_from(age).ok()),
            county: card.county(&ctx.tenant().code, kernel::divisions::Divisions::standard()),
        }
    }
}
