//! What to write into a form (填写): a value for every argument of the SDL, by its type, its name and the city.

use async_graphql::parser::types::{BaseType, Type};
use serde_json::{Map, Value, json};

use super::samples::sample;
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

/// Ids by the field and the name of the argument: what is called alike elsewhere and is another thing.
const IN_FIELD: [(&str, &str, &str); 3] = [
    ("checkPostingImport", "uploadId", "PostingFile"),
    ("recordDifficulty", "evidence", "Scan"),
    ("saveDisplayedItem", "paper", "AgencyPaper"),
];

/// Ids by the name of the argument.
const BY_ARGUMENT: [(&str, &str); 27] = [
    ("account", "Account"),
    ("accountId", "Account"),
    ("agencyId", "Agency"),
    ("assignee", "Account"),
    ("certificateId", "WorkerCertificate"),
    ("channelId", "Channel"),
    ("engagementId", "Engagement"),
    ("engagementIds", "Engagement"),
    ("evidence", "Evidence"),
    ("inspectorAccounts", "Account"),
    ("itemId", "PriceItem"),
    ("marketId", "Market"),
    ("objectId", "Market"),
    ("of", "VerificationStep"),
    ("owner", "Account"),
    ("paper", "Paper"),
    ("partyId", "HiringParty"),
    ("photos", "Photo"),
    ("postingId", "Posting"),
    ("proof", "WageProof"),
    ("shiftId", "Shift"),
    ("subject", "Market"),
    ("to", "Account"),
    ("uploadId", "Upload"),
    ("witness", "Account"),
    ("workerId", "Worker"),
    ("workerIds", "Worker"),
];

/// Plain `id`s that are not of what the field answers with.
const BY_FIELD: [(&str, &str); 31] = [
    ("acceptAgreement", "Engagement"),
    ("answerAgencyRequest", "AgentRequest"),
    ("appealPoint", "ConductPoint"),
    ("arriveByCode", "Engagement"),
    ("caseColleagues", "Case"),
    ("channelLines", "Channel"),
    ("endAgent", "PartyMember"),
    ("eraseCitizen", "Citizen"),
    ("exportCitizenData", "Citizen"),
    ("exportReturn", "DirectoryReturn"),
    ("exportWorkSlip", "Engagement"),
    ("openContact", "Engagement"),
    ("openHallScreen", "ScreenChannel"),
    ("openWageProof", "Engagement"),
    ("printPostingList", "PrintedChannel"),
    ("publicParty", "HiringParty"),
    ("publicPosting", "Posting"),
    ("readMessages", "Engagement"),
    ("removeAnnotation", "MapAnnotation"),
    ("removeBay", "PickupBay"),
    ("removeContract", "OperatorContract"),
    ("removeFacility", "Facility"),
    ("removePostingTemplate", "PostingTemplate"),
    ("removeProject", "ConstructionProject"),
    ("removeZone", "Zone"),
    ("repeatPosting", "Posting"),
    ("resetPassword", "Account"),
    ("revealPersonalValue", "Account"),
    ("sendMessage", "Engagement"),
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
    let here = |(of, name, _): &&(&str, &str, &str)| *of == field.name && *name == arg.name;
    if let Some((_, _, kind)) = IN_FIELD.iter().find(here) {
        return Some((*kind).to_owned());
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

/// Optional arguments that a form is not good without.
const WANTED: [(&str, &str); 18] = [
    ("AddressInput", "point"),
    ("AgencyInspectionInput", "inspectorNames"),
    ("MarketInput", "officialName"),
    ("MarketInput", "operatorName"),
    ("PointInput", "crs"),
    ("RegisterPartyInput", "contactName"),
    ("RegisterPartyInput", "contactPhone"),
    ("RegisterPartyInput", "name"),
    ("RegisterPartyInput", "uscc"),
    ("acceptAgreement", "behalf"),
    ("checkDirectoryImport", "defaultDivision"),
    ("eraseCitizen", "reason"),
    ("exportCitizenData", "reason"),
    ("exportPersonalData", "reason"),
    ("freezeProvinceReport", "without"),
    ("lookUpWorker", "phone"),
    ("settleDispute", "outcome"),
    ("settleDispute", "words"),
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
