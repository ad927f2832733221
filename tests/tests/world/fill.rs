//! What to write into a form (填写): a value for every argument of the SDL, by its type, its name and the city.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::SeqCst;

use async_graphql::parser::types::{BaseType, Type};
use serde_json::{Map, Value, json};

use super::sdl::{Arg, Field, Kind, Sdl, bottom};

/// What the city knows and a form may ask for, by the kind of thing.
pub(crate) trait Things {
    /// The id, cursor or token that stands at `path` of `field`, of this kind.
    fn thing(&self, kind: &str) -> Option<Value>;
    /// A number that was not used before.
    fn next(&self) -> u32;
    /// GB/T 2260 code of a county of the city.
    fn county(&self) -> &str;
    /// GB/T 2260 code of the city.
    fn city(&self) -> &str;
}

/// Arguments that name something of the tenant although their type is a plain text, and what they name.
const NAMING: [(&str, &str); 4] =
    [("idOrSlug", "Market"), ("scopeKey", "Market"), ("token", "InvitationToken"), ("after", "Cursor")];

/// Ids by the name of the argument.
const BY_ARGUMENT: [(&str, &str); 20] = [
    ("channelId", "Channel"),
    ("postingId", "Posting"),
    ("account", "Account"),
    ("agencyId", "Agency"),
    ("inspectorAccounts", "Account"),
    ("itemId", "PriceItem"),
    ("photos", "Photo"),
    ("assignee", "Account"),
    ("marketId", "Market"),
    ("owner", "Account"),
    ("to", "Account"),
    ("uploadId", "Upload"),
    ("accountId", "Account"),
    ("objectId", "Market"),
    ("subject", "Market"),
    ("certificateId", "WorkerCertificate"),
    ("evidence", "Scan"),
    ("paper", "Paper"),
    ("witness", "Account"),
    ("workerId", "Worker"),
];

/// Plain `id`s that are not of what the field answers with.
const BY_FIELD: [(&str, &str); 15] = [
    ("channelLines", "Channel"),
    ("printPostingList", "PrintedChannel"),
    ("eraseCitizen", "Citizen"),
    ("exportCitizenData", "Citizen"),
    ("exportReturn", "DirectoryReturn"),
    ("removeAnnotation", "MapAnnotation"),
    ("removeBay", "PickupBay"),
    ("removeContract", "OperatorContract"),
    ("removeFacility", "Facility"),
    ("removeProject", "ConstructionProject"),
    ("removeZone", "Zone"),
    ("resetPassword", "Account"),
    ("revealPersonalValue", "Account"),
    ("withdrawPolicyLine", "PolicyLine"),
    ("withdrawRole", "RoleAssignment"),
];

/// What an argument names, if it names something of the tenant.
pub(crate) fn names(sdl: &Sdl, field: &Field, arg: &Arg) -> Option<String> {
    if let Some((_, kind)) = NAMING.iter().find(|(name, _)| *name == arg.name) {
        return Some((*kind).to_owned());
    }
    if bottom(&arg.ty) != "ID" {
        return None;
    }
    if (field.name.as_str(), arg.name.as_str()) == ("saveDisplayedItem", "paper") {
        return Some("AgencyPaper".to_owned());
    }
    let by = |table: &[(&str, &str)], name: &str| table.iter().find(|(n, _)| *n == name).map(|(_, k)| (*k).to_owned());
    by(&BY_ARGUMENT, &arg.name).or_else(|| by(&BY_FIELD, &field.name)).or_else(|| {
        let success = sdl.success(&field.ty);
        (arg.name == "id" && sdl.field(success, "id").is_some()).then(|| success.to_owned())
    })
}

/// The paths of a field's arguments that name something of the tenant, each with its kind.
pub(crate) fn naming(sdl: &Sdl, field: &Field) -> Vec<(Vec<String>, String)> {
    fn walk(sdl: &Sdl, field: &Field, arg: &Arg, path: &[String], found: &mut Vec<(Vec<String>, String)>) {
        let path: Vec<String> = path.iter().chain([&arg.name]).cloned().collect();
        if let Some(kind) = names(sdl, field, arg) {
            found.push((path, kind));
        } else if let Kind::Input(fields) = sdl.kind(bottom(&arg.ty)) {
            for inner in fields {
                walk(sdl, field, inner, &path, found);
            }
        } else if bottom(&arg.ty) == "ID" {
            found.push((path, String::new()));
        }
    }
    let mut found = Vec::new();
    field.args.iter().for_each(|arg| walk(sdl, field, arg, &[], &mut found));
    found
}

/// What people would write, by `Input.field`, else by name.
fn sample(of: &str, name: &str, things: &dyn Things) -> Option<Value> {
    if name == "version"
        && let Some(version) = things.thing("Version")
    {
        return Some(version);
    }
    let placed = in_its_place(of, name, things).or_else(|| of_an_agency(of, name, things));
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
            let day = chrono::NaiveDate::from_ymd_opt(2020, 1, 1).map(|first| first + chrono::Days::new(n().into()));
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
            | "exportPersonalData",
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
        ("requestPhoneCode", "phone") => json!(format!("139{n:08}")),
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
        _ => return None,
    })
}

/// What stands in a form about an agency.
fn of_an_agency(of: &str, name: &str, things: &dyn Things) -> Option<Value> {
    let n = || things.next();
    Some(match (of, name) {
        ("AgencyBranchInput", "county") => json!(things.county()),
        ("AgencyBranchInput", "address") => json!(format!("和平路{}号", n())),
        ("AgencyBranchInput", "setUpOn") | ("DisplayedItemInput", "checkedOn") => json!("2026-11-01"),
        ("AgencyInput", "scope") => json!(["JOB_INTERMEDIATION"]),
        ("AgencyInput", "issuedOn") => json!("2026-01-05"),
        ("AgencyInspectionInput", "inspectedOn") | ("LedgerEntryInput", "servedOn") => json!("2026-11-01"),
        ("AgencyInspectionInput", "inspectorNames") => json!(["李建国"]),
        ("AgencyParameterInput" | "PriceListInput", "effectiveFrom") => json!("2026-11-01"),
        ("AnnualReportInput", "year") => json!(2025),
        ("AnnualReportInput", "reportedOn") => json!("2026-03-01"),
        ("FeeReceiptInput", "receiptNo") => json!(format!("第{}号", n())),
        ("FeeReceiptInput", "issuedOn") => json!("2026-11-02"),
        ("InspectionFollowUpInput", "followedUpOn") => json!("2026-11-02"),
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
const WORDS: [&str; 19] = [
    "article",
    "countedBy",
    "displayName",
    "filer",
    "findings",
    "hiringParty",
    "inspector",
    "issuer",
    "item",
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
        "active" => json!(true),
        "receipt" => json!("公众号头条"),
        "cityCode" => json!("140100"),
        "code" | "totp" => json!("000000"),
        "crs" => json!("WGS84"),
        "division" | "defaultDivision" => json!(things.county()),
        "email" => json!(format!("person{}@example.org", things.next())),
        "endsOn" | "expiresOn" | "plannedOpenOn" => json!("2027-10-01"),
        "fileName" => json!("名录.csv"),
        "filerPhone" | "phone" => json!("0351-5278313"),
        "fen" => json!(100),
        "household" | "online" => json!(false),
        "lat" => json!(37.87),
        "lng" => json!(112.55),
        "monitored" | "planned" | "public" | "publicInterest" | "approximate" => json!(true),
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

/// Optional arguments that a form is not good without.
const WANTED: [(&str, &str); 10] = [
    ("AddressInput", "point"),
    ("AgencyInspectionInput", "inspectorNames"),
    ("MarketInput", "officialName"),
    ("MarketInput", "operatorName"),
    ("PointInput", "crs"),
    ("checkDirectoryImport", "defaultDivision"),
    ("eraseCitizen", "reason"),
    ("exportCitizenData", "reason"),
    ("exportPersonalData", "reason"),
    ("freezeProvinceReport", "without"),
];

/// The variables for `field`: what must be given, and what names something of the tenant but for `without`. Says which
/// argument nothing is known for.
pub(crate) fn fill(
    sdl: &Sdl,
    field: &Field,
    things: &dyn Things,
    without: &[&str],
) -> Result<Map<String, Value>, String> {
    let mut filled = Map::new();
    for arg in &field.args {
        if without.contains(&arg.name.as_str()) {
            continue;
        }
        if let Some(value) = value(sdl, field, &field.name, arg, things)? {
            filled.insert(arg.name.clone(), value);
        }
    }
    Ok(filled)
}

fn value(sdl: &Sdl, field: &Field, of: &str, arg: &Arg, things: &dyn Things) -> Result<Option<Value>, String> {
    let missing = || format!("{}: nothing to fill {of}.{} with", field.name, arg.name);
    if let Some(kind) = names(sdl, field, arg) {
        return match things.thing(&kind) {
            Some(value) => Ok(Some(value)),
            None if arg.ty.nullable => Ok(None),
            None => Err(missing()),
        };
    }
    let wanted = WANTED.contains(&(of, arg.name.as_str()));
    let inner = matches!(sdl.kind(bottom(&arg.ty)), Kind::Input(_));
    let carries = inner && carries(sdl, field, bottom(&arg.ty));
    if arg.ty.nullable && !wanted && !carries && arg.name != "version" {
        return Ok(None);
    }
    if arg.name == "version" && arg.ty.nullable {
        return Ok(things.thing("Version"));
    }
    of_type(sdl, field, of, arg, &arg.ty, things)?.map_or_else(|| Err(missing()), |v| Ok(Some(v)))
}

/// Does an input name something of the tenant?
fn carries(sdl: &Sdl, field: &Field, input: &str) -> bool {
    let Kind::Input(fields) = sdl.kind(input) else { return false };
    fields.iter().any(|f| names(sdl, field, f).is_some() || bottom(&f.ty) == "ID")
}

fn of_type(
    sdl: &Sdl,
    field: &Field,
    of: &str,
    arg: &Arg,
    ty: &Type,
    things: &dyn Things,
) -> Result<Option<Value>, String> {
    if let Some(known) = sample(of, &arg.name, things) {
        return Ok(Some(known));
    }
    if let BaseType::List(inner) = &ty.base {
        return Ok(of_type(sdl, field, of, arg, inner, things)?.map(|one| json!([one])));
    }
    Ok(match sdl.kind(bottom(ty)) {
        Kind::Enum(values) => values.first().map(|v| json!(v)),
        Kind::Input(fields) => {
            let mut filled = Map::new();
            for inner in fields {
                if let Some(value) = value(sdl, field, bottom(ty), inner, things)? {
                    filled.insert(inner.name.clone(), value);
                }
            }
            Some(Value::Object(filled))
        }
        _ => None,
    })
}
