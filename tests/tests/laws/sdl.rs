//! What holds of the schema as others read it: refusals are data, everything is described, coordinates name their
//! reference system.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, ServiceDocument, Type, TypeDefinition, TypeKind,
    TypeSystemDefinition,
};

use crate::graphql_js::objections;
use crate::house;
use crate::workspace::root;

const ROOTS: [&str; 3] = ["Query", "Mutation", "Subscription"];

fn types(schema: &ServiceDocument) -> Vec<&TypeDefinition> {
    let ours = schema.definitions.iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(&definition.node),
        _ => None,
    });
    ours.collect()
}

fn fields(definition: &TypeDefinition) -> Vec<&FieldDefinition> {
    let fields = match &definition.kind {
        TypeKind::Object(object) => &object.fields,
        TypeKind::Interface(interface) => &interface.fields,
        _ => return Vec::new(),
    };
    fields.iter().map(|f| &f.node).collect()
}

/// The names of the fields of each root.
pub(super) fn root_fields(schema: &ServiceDocument) -> Vec<(&'static str, Vec<String>)> {
    let of = |root: &str| {
        let found = types(schema).into_iter().find(|t| t.name.node == root).map(fields);
        found.into_iter().flatten().map(|f| f.name.node.to_string()).collect()
    };
    ROOTS.into_iter().map(|root| (root, of(root))).collect()
}

/// The name of a type and whether it may be null; a list has no name.
fn named(ty: &Type) -> (Option<&str>, bool) {
    match &ty.base {
        BaseType::Named(name) => (Some(name.as_str()), ty.nullable),
        BaseType::List(_) => (None, ty.nullable),
    }
}

/// Mutations that answer with anything but a nullable union `XResult` of success and `XRefused`.
fn mutations_without_refusal(schema: &ServiceDocument) -> Vec<String> {
    let all = types(schema);
    let mutations = all.iter().find(|t| t.name.node == "Mutation").map(|t| fields(t)).unwrap_or_default();
    let mut found = Vec::new();
    for mutation in mutations {
        let name = mutation.name.node.as_str();
        let title = name[..1].to_uppercase() + &name[1..];
        let (result, nullable) = named(&mutation.ty.node);
        let union = all.iter().find(|t| Some(t.name.node.as_str()) == result);
        let members: Vec<&str> = match union.map(|u| &u.kind) {
            Some(TypeKind::Union(union)) => union.members.iter().map(|m| m.node.as_str()).collect(),
            _ => {
                found.push(format!("{name}: does not answer with a union"));
                continue;
            }
        };
        if !nullable || result != Some(format!("{title}Result").as_str()) {
            found.push(format!("{name}: answers with {}, not with a nullable {title}Result", mutation.ty.node));
        }
        if !members.contains(&format!("{title}Refused").as_str()) || members.len() < 2 {
            found.push(format!("{name}: no success beside {title}Refused among {}", members.join(", ")));
        }
    }
    found
}

/// Refusals that do not say code, message and field alike.
fn unlike_refusals(schema: &ServiceDocument) -> Vec<String> {
    let all = types(schema);
    let is_enum = |name: &str| all.iter().any(|t| t.name.node == name && matches!(t.kind, TypeKind::Enum(_)));
    let mut found = Vec::new();
    for refused in all.iter().filter(|t| t.name.node.ends_with("Refused")) {
        let field = |name: &str| {
            fields(refused).into_iter().find(|f| f.name.node == name).map(|f| f.ty.node.to_string()).unwrap_or_default()
        };
        let (code, message, about) = (field("code"), field("message"), field("field"));
        if !code.strip_suffix('!').is_some_and(is_enum) || message != "String!" || about != "String" {
            found.push(format!("{}: code: {code} message: {message} field: {about}", refused.name.node));
        }
    }
    found
}

/// Refusals that may say `CONFLICT` and do not show the newest state.
fn conflicts_without_current(schema: &ServiceDocument) -> Vec<String> {
    let all = types(schema);
    let says_conflict = |name: &str| {
        all.iter().any(|t| match &t.kind {
            TypeKind::Enum(values) if t.name.node == name => {
                values.values.iter().any(|v| v.node.value.node == "CONFLICT")
            }
            _ => false,
        })
    };
    let mut found = Vec::new();
    for refused in all.iter().filter(|t| t.name.node.ends_with("Refused")) {
        let has = |name: &str| fields(refused).iter().any(|f| f.name.node == name);
        let code = fields(refused).into_iter().find(|f| f.name.node == "code").and_then(|f| named(&f.ty.node).0);
        if code.is_some_and(says_conflict) && !has("current") {
            found.push(refused.name.node.to_string());
        }
    }
    found
}

/// What nobody described, and types whose description lacks the Chinese term. Pages are the library's, as Relay says.
fn undescribed(schema: &ServiceDocument) -> Vec<String> {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let borrowed = |name: &str| name.ends_with("Connection") || name.ends_with("Edge") || name == "PageInfo";
    let mut found = Vec::new();
    for definition in types(schema) {
        let name = definition.name.node.as_str();
        let text = definition.description.as_ref().map(|d| d.node.as_str()).unwrap_or_default();
        if !ROOTS.contains(&name)
            && !borrowed(name)
            && !matches!(definition.kind, TypeKind::Scalar)
            && !text.contains(is_chinese)
        {
            found.push(format!("{name}: no description with its Chinese term"));
        }
        for field in fields(definition) {
            if field.description.as_ref().is_none_or(|d| d.node.trim().is_empty()) {
                found.push(format!("{name}.{}: not described", field.name.node));
            }
            found.extend(silent(&format!("{name}.{}", field.name.node), field.arguments.iter().map(|a| &a.node)));
        }
        match &definition.kind {
            TypeKind::InputObject(input) => found.extend(silent(name, input.fields.iter().map(|f| &f.node))),
            TypeKind::Enum(values) => {
                let silent = values.values.iter().filter(|v| v.node.description.is_none());
                found.extend(silent.map(|v| format!("{name}.{}: not described", v.node.value.node)));
            }
            _ => {}
        }
    }
    found
}

fn silent<'a>(of: &str, values: impl Iterator<Item = &'a InputValueDefinition>) -> Vec<String> {
    values
        .filter(|v| v.description.as_ref().is_none_or(|d| d.node.trim().is_empty()))
        .map(|v| format!("{of}.{}: not described", v.name.node))
        .collect()
}

/// Types with a latitude and no word about the system it is measured in. What is asked of a client may be null, so that
/// who leaves it out is told so in his language, with the field, and not by a validator in English.
fn points_without_system(schema: &ServiceDocument) -> Vec<String> {
    let names = |definition: &TypeDefinition| -> Vec<(String, String)> {
        match &definition.kind {
            TypeKind::InputObject(input) => {
                input.fields.iter().map(|f| (f.node.name.node.to_string(), f.node.ty.node.to_string())).collect()
            }
            _ => fields(definition).iter().map(|f| (f.name.node.to_string(), f.ty.node.to_string())).collect(),
        }
    };
    let mut found = Vec::new();
    for definition in types(schema) {
        let names = names(definition);
        let located = names.iter().any(|(name, _)| ["lat", "latitude"].contains(&name.as_str()));
        let asked = matches!(definition.kind, TypeKind::InputObject(_));
        if located && !names.iter().any(|(name, ty)| name == "crs" && (ty == "Crs!" || (asked && ty == "Crs"))) {
            found.push(format!("{}: a latitude without its reference system", definition.name.node));
        }
    }
    found
}

fn ours() -> ServiceDocument {
    parse_schema(house::sdl()).expect("our SDL parses")
}

fn planted() -> ServiceDocument {
    let text =
        std::fs::read_to_string(root().join("tests/fixtures/bad/schema.graphql")).expect("the planted schema is there");
    parse_schema(text).expect("the planted schema parses")
}

const NOTHING: Vec<String> = Vec::new();

#[test]
fn graphql_js_accepts_our_schema() {
    assert_eq!(objections(&house::sdl()), "");
}

#[test]
fn every_mutation_answers_with_success_or_its_own_refusal() {
    assert_eq!(mutations_without_refusal(&ours()), NOTHING);
}

#[test]
fn every_refusal_says_code_message_and_field() {
    assert_eq!(unlike_refusals(&ours()), NOTHING);
}

#[test]
fn every_conflict_shows_the_newest_state() {
    assert_eq!(conflicts_without_current(&ours()), NOTHING);
}

#[test]
fn everything_in_the_schema_is_described() {
    assert_eq!(undescribed(&ours()), NOTHING);
}

#[test]
fn every_point_names_its_reference_system() {
    assert_eq!(points_without_system(&ours()), NOTHING);
}

#[test]
fn a_schema_that_breaks_these_laws_is_caught_on_each() {
    let planted = planted();
    assert_eq!(
        mutations_without_refusal(&planted),
        [
            "openMarket: does not answer with a union",
            "closeMarket: answers with CloseMarketResult!, not with a nullable CloseMarketResult",
            "closeMarket: no success beside CloseMarketRefused among Market",
        ]
    );
    assert_eq!(unlike_refusals(&planted), ["ListMarketRefused: code: String! message: String field: "]);
    assert_eq!(conflicts_without_current(&planted), ["ResumeMarketRefused"]);
    assert_eq!(
        undescribed(&planted),
        [
            "Market: no description with its Chinese term",
            "Market.name: not described",
            "Market.near.lng: not described",
            "PointInput.lng: not described",
            "Colour.BLUE: not described",
        ]
    );
    assert_eq!(points_without_system(&planted), ["PointInput: a latitude without its reference system"]);
}
