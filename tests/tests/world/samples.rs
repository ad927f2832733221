//! What people write (填写内容): a value for an argument, by where it stands or by its name.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::SeqCst;

use serde_json::{Value, json};

use super::fill::Things;

/// What people would write, by `Input.field`, else by name.
pub(super) fn sample(of: &str, name: &str, things: &dyn Things) -> Option<Value> {
    if name == "version"
        && let Some(version) = things.thing("Version")
    {
        return Some(version);
    }
    let placed = super::hiring::sample(of, name, things).or_else(|| super::engagements::sample(of, name));
    let placed = placed.or_else(|| in_its_place(of, name, things)).or_else(|| of_an_agency(of, name, things));
    placed.or_else(|| by_name(name, things))
}

/// Offices, and below what some office may do: as many of both as make pairs that do not come again soon.
const OFFICES: [&str; 7] = [
    "bureau_officer",
    "county_officer",
    "market_manager",
    "market_staff",
    "safety_inspector",
    "supervisor",
    "volunteer_lead",
];

/// Lines of policy that were written: each draws the next action, and another office after a round of them.
static LINES: AtomicU32 = AtomicU32::new(0);

/// Days of which a sample was written.
static DAYS: AtomicU32 = AtomicU32::new(0);

const ACTIONS: [&str; 31] = [
    "market.amend",
    "market.annotate",
    "market.arrange",
    "market.contract",
    "market.credit",
    "market.crowd",
    "market.delist",
    "market.inspect",
    "market.list",
    "market.plan",
    "market.queue",
    "market.read",
    "market.register",
    "market.resume",
    "market.sample",
    "market.suspend",
    "directory.export",
    "file.upload",
    "import.apply",
    "import.check",
    "liaison.read",
    "liaison.set",
    "province.accept",
    "province.deadline",
    "province.export",
    "province.monitor",
    "province.read",
    "return.export",
    "return.freeze",
    "return.read",
    "return.schedule",
];

/// One after the other.
fn among(all: &[&str], n: u32) -> Value {
    let at = usize::try_from(n).unwrap_or_default() % all.len();
    json!(all[at])
}

/// What stands in a certain input, or in an argument of a certain field.
fn in_its_place(of: &str, name: &str, things: &dyn Things) -> Option<Value> {
    let n = || things.next();
    Some(match (of, name) {
        ("AcceptInvitationInput", "username") => json!(format!("newcomer{}", n())),
        ("computeFigures", "from") => json!("2026-01-01"),
        ("AddressInput", "text") => json!(format!("和平路{}号", n())),
        ("AnnotationInput", "status") => json!("SUBMITTED"),
        ("AssignRoleInput" | "InviteAccountInput", "role") => json!("market_staff"),
        ("AssignRoleInput" | "InviteAccountInput", "scopeKind") | ("scopeChoices", "kind") => json!("MARKET"),
        ("ChangePasswordInput", "current") => json!(super::PASSWORD),
        ("ChangePasswordInput", "new") => json!("Another-Hall-0530"),
        ("CreateApiKeyInput", "scopes") => json!(["market.read"]),
        ("DecideCaseInput", "decision") => json!("UPHELD"),
        ("CreateUploadInput", "purpose") => json!("ANNEX2"),
        ("PriceItemInput", "item") => json!("推荐成功服务费"),
        ("CreateUploadInput", "size") => json!(super::FORM_SIZE),
        ("EnablePluginInput" | "DisablePluginInput" | "purgePlugin", "name") => json!("lantern"),
        ("FacilityInput" | "ZoneInput", "name") => json!(format!("第{}处", n())),
        ("FigureInput", "method") => json!("COUNTED"),
        ("HoursInput", "opens") => json!("05:00"),
        ("HoursInput", "closes") => json!("18:00"),
        ("HoursInput", "season") => json!("ALL_YEAR"),
        ("MarketInput", "aliasBasis") => json!("OFFICIAL"),
        ("MarketInput", "nature") => json!("PUBLIC"),
        ("MarketInput", "officialName") => json!(format!("第{}零工市场", n())),
        ("MarketInput", "operatorKind") => json!("HRSS_DIRECT"),
        ("MilestoneInput", "dueOn") => json!("2027-05-01"),
        // A session of a day is counted once.
        ("MonitoringSampleInput", "sampledOn") => {
            let days = chrono::Days::new(DAYS.fetch_add(1, SeqCst).into());
            let day = chrono::NaiveDate::from_ymd_opt(2020, 1, 1).map(|first| first + days);
            json!(day)
        }
        ("MonitoringSampleInput", "seekers" | "successes") => json!(30),
        ("BadCreditInput", "since") | ("SafetyCheckInput", "inspectedOn") | ("computeFigures", "to") => {
            json!("2026-11-01")
        }
        // One of many lines that take nothing from anybody.
        ("PolicyLineInput", "action") => among(&ACTIONS, LINES.fetch_add(1, SeqCst)),
        ("PolicyLineInput", "role") => among(&OFFICES, LINES.load(SeqCst) / 31),
        ("PolicyLineInput", "effect") => json!("ALLOW"),
        (
            "RevealPersonalValueInput"
            | "blockCitizen"
            | "eraseCitizen"
            | "erasePersonalData"
            | "exportCitizenData"
            | "exportPersonalData"
            | "openPartyEvidence",
            "reason",
        ) => json!("本人书面申请"),
        _ => return of_people(of, name, things),
    })
}

/// What stands in the forms of citizens and workers.
fn of_people(of: &str, name: &str, things: &dyn Things) -> Option<Value> {
    let n = things.next();
    Some(match (of, name) {
        ("AmendWorkerInput" | "WorkerInput", "county") => json!(things.county()),
        ("WorkerInput", "phone") => json!("无"),
        ("DifficultyInput", "basis") => json!("DECLARED"),
        // Everybody has a card of its own: one born each day since 1960.
        ("WorkerInput", "idNumber") => {
            let born = chrono::NaiveDate::from_ymd_opt(1960, 1, 1).map(|first| first + chrono::Days::new(n.into()))?;
            json!(people::testing::id_number(&born.to_string(), 1))
        }
        ("CertificateInput", "number") => json!("T140105199003070012"),
        ("CertificateInput", "trade") => json!("电工"),
        ("CertificateInput", "validUntil") => json!("2030-01-01"),
        ("ConsentInput" | "SignInCitizenInput", "noticeVersion") => json!(people::testing::notice_version()),
        ("ConsentInput", "how") => json!("SIGNED_PAPER"),
        ("SignInCitizenInput", "phone") => things.thing("Phone").unwrap_or_else(|| json!("13800001234")),
        ("SignInCitizenInput", "code") => things.thing("PhoneCode").unwrap_or_else(|| json!("000000")),
        ("lookUpWorker" | "requestPhoneCode", "phone") => json!(format!("139{n:08}")),
        ("ChangePhoneInput", "code" | "newCode") => json!("000000"),
        ("ChangePhoneInput", "newPhone") => json!("13800001234"),
        // Nobody has it.
        ("changePhone", "version") => json!(99),
        ("readIdCard", "text") => json!("姓名：李建国"),
        _ => return of_directory(of, name, things),
    })
}

/// What stands in the other forms.
fn of_directory(of: &str, name: &str, things: &dyn Things) -> Option<Value> {
    Some(match (of, name) {
        ("SafetyCheckInput", "result") => json!("PASSED"),
        ("applyDirectoryImport", "mode") => json!("GOOD_ROWS_ONLY"),
        ("directoryReturn" | "freezeReturn", "year") => json!(2025),
        ("division", "code") => json!(things.city()),
        // The cities that are not accepted, where somebody looked.
        ("freezeProvinceReport", "without") => things.thing("Missing").unwrap_or_else(|| json!([])),
        ("markProvinceReportSent", "sentOn") => things.thing("FrozenOn").unwrap_or_else(|| json!("2026-12-31")),
        ("explainAccess", "action") => json!("market.read"),
        ("registerMarket", "planned") => json!(false),
        ("serviceGaps", "level") => json!("COUNTY"),
        ("setMinistryDeadline", "dueOn") => json!("2026-12-31"),
        // Nobody has set that year's, and no liaison person is named yet.
        (
            "setFirstReport" | "setLiaison" | "setMinistryDeadline" | "setMonitoringCity" | "setPolicyLine",
            "version",
        ) => json!(0),
        _ => return of_parties(of, name, things),
    })
}

/// What stands in the inputs and arguments of hiring parties.
fn of_parties(of: &str, name: &str, things: &dyn Things) -> Option<Value> {
    let n = things.next();
    Some(match (of, name) {
        ("AmendPartyInput" | "RegisterPartyInput", "contactPhone") => json!("13900005678"),
        ("AnswerAgencyInput", "accept") | ("RecheckResultInput", "passed") => json!(true),
        ("EmployerVisitInput", "visitedOn") => json!("2026-11-01"),
        ("VerificationStepInput", "result") => json!("PASSED"),
        ("AgencyParameterInput", "code") => json!("BRANCH_REPORT_DAYS"),
        ("RevealPersonalValueInput", "field") => json!("EMAIL"),
        ("RegisterPartyInput", "kind") => json!("INDIVIDUAL_BUSINESS"),
        ("RegisterPartyInput", "uscc") => json!(super::parties::code(n)),
        ("authoriseAgent", "phone") => json!(super::parties::AGENT),
        ("requestAgency", "uscc") => things.thing("Uscc").unwrap_or_else(|| json!(super::parties::code(n))),
        ("signPledge", "pledgeVersion") => json!("2026-1"),
        _ => return None,
    })
}

/// What stands in a form about an agency.
fn of_an_agency(of: &str, name: &str, things: &dyn Things) -> Option<Value> {
    let n = || things.next();
    Some(match (of, name) {
        ("AgencyBranchInput", "county") => json!(things.county()),
        ("AgencyBranchInput", "address") => json!(format!("和平路{}号", n())),
        ("AgencyInput", "name") => json!(format!("第{}人力资源公司", n())),
        ("AgencyInput", "scope") => json!(["JOB_INTERMEDIATION"]),
        ("AgencyInput", "issuedOn") => json!("2026-01-05"),
        ("AgencyInspectionInput", "inspectorNames") => json!(["李建国"]),
        ("AgencyBranchInput", "setUpOn")
        | ("AgencyInspectionInput", "inspectedOn")
        | ("AgencyParameterInput" | "PriceListInput", "effectiveFrom")
        | ("DisplayedItemInput", "checkedOn")
        | ("LedgerEntryInput", "servedOn") => json!("2026-11-01"),
        ("AnnualReportInput", "year") => json!(2025),
        ("AnnualReportInput", "reportedOn") => json!("2026-03-01"),
        ("FeeReceiptInput", "receiptNo") => json!(format!("第{}号", n())),
        ("FeeReceiptInput", "issuedOn") | ("InspectionFollowUpInput", "followedUpOn") => json!("2026-11-02"),
        ("InspectionFollowUpInput", "note") | ("LedgerEntryInput", "result") => json!("已办结"),
        ("registerAgency", "licenceNo") => json!(format!("晋人服证字〔2026〕第{}号", n())),
        ("markRefundDue", "failedOn") => json!("2026-11-03"),
        ("markRefunded", "refundedOn") => json!("2026-11-04"),
        _ => return None,
    })
}

/// What is some number, wherever it stands.
const NUMBERS: [&str; 9] =
    ["actual", "capacity", "high", "low", "maxStayMinutes", "quantity", "radiusMetres", "target", "workers"];

/// What is somebody's name or some words, wherever it stands.
const WORDS: [&str; 21] = [
    "contactName",
    "needs",
    "visitors",
    "article",
    "countedBy",
    "displayName",
    "filer",
    "findings",
    "hiringParty",
    "inspector",
    "issuer",
    "label",
    "name",
    "note",
    "operator",
    "position",
    "reason",
    "scope",
    "source",
    "title",
    "unit",
];

/// What stands under a name wherever it is.
fn by_name(name: &str, things: &dyn Things) -> Option<Value> {
    Some(match name {
        "receipt" => json!("公众号头条"),
        "cityCode" => json!("140100"),
        "code" | "totp" => json!("000000"),
        "crs" => json!("WGS84"),
        "county" | "division" | "defaultDivision" => json!(things.county()),
        "email" => json!(format!("person{}@example.org", things.next())),
        "endsOn" | "expiresOn" | "plannedOpenOn" => json!("2027-10-01"),
        "fileName" => json!("名录.csv"),
        "filerPhone" | "phone" => json!("0351-5278313"),
        "fen" => json!(100),
        "household" | "online" => json!(false),
        "lat" => json!(37.87),
        "lng" => json!(112.55),
        "active" | "approximate" | "monitored" | "planned" | "public" | "publicInterest" => json!(true),
        "operatorName" => json!("市人力资源和社会保障局"),
        "origins" => json!(["https://example.org"]),
        "password" => json!(super::PASSWORD),
        "row" => json!(3),
        "startsOn" | "asOf" => json!("2026-11-01"),
        "trades" => json!(["瓦工"]),
        "username" => json!(super::SPARE),
        "year" => json!(2026),
        _ if NUMBERS.contains(&name) => json!(30),
        _ if WORDS.contains(&name) => json!("李建国"),
        _ => return None,
    })
}
