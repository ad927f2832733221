//! What people fill in (表单). Six fields must be filled in to be registered; a city may ask for no more (R9).

use async_graphql::{ID, InputObject};
use kernel::geo::Crs;
use kernel::gql::Date;
use serde::Serialize;

use super::kinds::{DifficultyBasis, DifficultyKind, FemaleWorkerKind, WorkHours};
use crate::citizens::consents::ConsentInput;

/// Roughly where somebody is (大致位置): kept to a hundredth of a degree, about a kilometre.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct RoughPointInput {
    /// Latitude in degrees (纬度).
    pub lat: f64,
    /// Longitude in degrees (经度).
    pub lng: f64,
    /// The reference system of both (坐标系).
    pub crs: Crs,
}

/// A certificate for a trade that needs one (特种作业操作证信息).
#[derive(Clone, InputObject, Serialize)]
pub struct CertificateInput {
    /// The trade: code, official name or street name (工种).
    pub trade: String,
    /// Its number (证书编号).
    pub number: String,
    /// The last day on which it is valid (有效期至).
    pub valid_until: Date,
}

/// What is needed to be registered: six fields, and what may be left out (求职登记表).
#[derive(Clone, InputObject, Serialize)]
pub struct WorkerInput {
    /// The name (姓名).
    pub name: String,
    /// The citizen number (公民身份号码).
    pub id_number: String,
    /// The mobile number, or `none` (手机号，没有填“无”). Whoever is signed in has one already: `none` keeps it.
    pub phone: String,
    /// The trades, one to ten, by code, official name or street name, the one wanted most first (工种).
    pub trades: Vec<String>,
    /// The county in which work is looked for (县区代码).
    pub county: String,
    /// The consent to being registered (知情同意).
    pub consent: ConsentInput,
    /// How far somebody goes, 1–200 kilometres (求职半径，公里).
    pub radius_km: Option<i32>,
    /// When somebody works; at any hour where nothing is said (可工作时段).
    pub hours: Option<Vec<WorkHours>>,
    /// Roughly where somebody is (大致位置).
    pub point: Option<RoughPointInput>,
    /// Would rather have a steady job (有单位就业意愿).
    pub steady_job: Option<bool>,
    /// Wants training (有培训需求).
    pub training: Option<bool>,
    /// Which post a woman last had, if she says so (女职工退休类别，本人自选).
    pub retirement_kind: Option<FemaleWorkerKind>,
    /// Certificates for trades that need one (特种作业操作证).
    pub certificates: Option<Vec<CertificateInput>>,
    /// Was the form filled by a card reader (是否读卡填写)?
    pub from_card: Option<bool>,
}

/// What changes; what is left out stays (修改内容).
#[derive(Clone, Default, InputObject, Serialize)]
pub struct AmendWorkerInput {
    /// The name, at a counter only (姓名，仅柜台).
    pub name: Option<String>,
    /// The citizen number, at a counter only (公民身份号码，仅柜台).
    pub id_number: Option<String>,
    /// The mobile number or `none`, at a counter only; whoever is signed in changes its own with codes (手机号，仅柜台).
    pub phone: Option<String>,
    /// The code that came to that number, where it is somebody's already or is to count as proved (新手机号收到的验证码).
    pub phone_code: Option<String>,
    /// The trades, one to ten (工种).
    pub trades: Option<Vec<String>>,
    /// The county in which work is looked for (县区代码).
    pub county: Option<String>,
    /// How far somebody goes, 1–200 kilometres (求职半径，公里).
    pub radius_km: Option<i32>,
    /// When somebody works (可工作时段).
    pub hours: Option<Vec<WorkHours>>,
    /// Roughly where somebody is (大致位置).
    pub point: Option<RoughPointInput>,
    /// Forget where somebody is (不再保存位置).
    pub forget_point: Option<bool>,
    /// Would rather have a steady job (有单位就业意愿).
    pub steady_job: Option<bool>,
    /// Wants training (有培训需求).
    pub training: Option<bool>,
    /// Which post a woman last had, if she says so (女职工退休类别，本人自选).
    pub retirement_kind: Option<FemaleWorkerKind>,
}

/// Hardship, and what it rests on (困难情形).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct DifficultyInput {
    /// Which (困难情形).
    pub kind: DifficultyKind,
    /// What it rests on (依据).
    pub basis: DifficultyBasis,
    /// The separate consent to its being written down (单独同意).
    pub consent: ConsentInput,
    /// The scan that proves it: a completed upload (证明材料的上传标识).
    pub evidence: Option<ID>,
    /// The last day on which it counts (有效期至).
    pub valid_until: Option<Date>,
    /// The office that certified it (认定机构).
    pub certified_by: Option<String>,
    /// When it did (认定日期).
    pub certified_on: Option<Date>,
}
