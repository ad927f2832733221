//! Rows in Rust equal tables in SQL: an `i32` over a `bigint` fails at run time, and on PostgreSQL only.

use std::collections::{BTreeMap, BTreeSet};

use migrations::ColumnType;
use syn::visit::Visit;

use super::described::{Shape, tables};
use crate::workspace::{Source, root, rust_sources, sources};

/// The entities in the source, by table: field → type and nullability.
#[derive(Default)]
struct Entities {
    path: String,
    found: BTreeMap<String, BTreeMap<String, Shape>>,
    strange: Vec<String>,
}

impl<'ast> Visit<'ast> for Entities {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        let Some(table) = sea_orm_name(&item.attrs, "table_name") else { return };
        let mut columns = BTreeMap::new();
        for field in &item.fields {
            let Some(ident) = &field.ident else { continue };
            let written = ident.to_string();
            let name = sea_orm_name(&field.attrs, "column_name").unwrap_or_else(|| written.trim_start_matches("r#").to_owned());
            match shape(&field.ty) {
                Some(shape) => {
                    columns.insert(name, shape);
                }
                None => self.strange.push(format!("{}: {table}.{name}: a type no column has", self.path)),
            }
        }
        if self.found.insert(table.clone(), columns).is_some() {
            self.strange.push(format!("{}: {table}: a second entity of this table", self.path));
        }
    }
}

/// What `#[sea_orm(key = "…")]` says.
fn sea_orm_name(attributes: &[syn::Attribute], key: &str) -> Option<String> {
    let mut name = None;
    for attribute in attributes.iter().filter(|a| a.path().is_ident("sea_orm")) {
        // `primary_key` and the like have no value and are none of our business.
        let _read = attribute.parse_nested_meta(|meta| {
            if !meta.input.peek(syn::Token![=]) {
                return Ok(());
            }
            let value = meta.value()?.parse::<syn::Lit>()?;
            if let (true, syn::Lit::Str(text)) = (meta.path.is_ident(key), value) {
                name = Some(text.value());
            }
            Ok(())
        });
    }
    name
}

/// The column that holds a Rust type. An enum of ours is stored by its name.
fn shape(ty: &syn::Type) -> Option<Shape> {
    let syn::Type::Path(path) = ty else { return None };
    let segment = path.path.segments.last()?;
    let inner = match &segment.arguments {
        syn::PathArguments::AngleBracketed(list) => list.args.iter().find_map(|a| match a {
            syn::GenericArgument::Type(inner) => Some(inner),
            _ => None,
        }),
        _ => None,
    };
    let kind = match (segment.ident.to_string().as_str(), inner) {
        ("Option", Some(inner)) => return shape(inner).map(|(kind, _)| (kind, true)),
        ("Vec", Some(syn::Type::Path(of))) if of.path.is_ident("u8") => ColumnType::Bytes,
        ("Uuid", _) => ColumnType::Uuid,
        ("i32", _) => ColumnType::Int,
        ("i64", _) => ColumnType::BigInt,
        ("bool", _) => ColumnType::Bool,
        ("f64", _) => ColumnType::Float,
        ("DateTimeUtc" | "DateTime", _) => ColumnType::Moment,
        ("Date" | "NaiveDate", _) => ColumnType::Date,
        ("Json" | "Value", _) => ColumnType::Json,
        ("u8" | "i8" | "u16" | "i16" | "u32" | "u64" | "usize" | "f32" | "Vec", _) => return None,
        _ => ColumnType::Text,
    };
    Some((kind, false))
}

fn entities(sources: &[Source]) -> Entities {
    let mut entities = Entities::default();
    for source in sources {
        entities.path.clone_from(&source.path);
        entities.visit_file(&source.syntax());
    }
    entities
}

/// Where rows and tables differ.
fn differences(entities: &Entities, tables: &BTreeMap<String, BTreeMap<String, Shape>>) -> Vec<String> {
    let mut found = entities.strange.clone();
    let names: BTreeSet<&String> = entities.found.keys().chain(tables.keys()).collect();
    for name in names {
        let (Some(row), Some(table)) = (entities.found.get(name), tables.get(name)) else {
            let which = if tables.contains_key(name) { "a table without an entity" } else { "an entity without a table" };
            found.push(format!("{name}: {which}"));
            continue;
        };
        let columns: BTreeSet<&String> = row.keys().chain(table.keys()).collect();
        for column in columns.into_iter().filter(|c| row.get(*c) != table.get(*c)) {
            found.push(format!("{name}.{column}: the row says {}, the table {}", say(row.get(column)), say(table.get(column))));
        }
    }
    found
}

fn say(shape: Option<&Shape>) -> String {
    match shape {
        None => "nothing".to_owned(),
        Some((kind, nullable)) => format!("{kind:?}{}", if *nullable { " or null" } else { "" }),
    }
}

#[test]
fn every_row_in_rust_equals_its_table() {
    let house: Vec<Source> = rust_sources().iter().filter(|s| !s.path.starts_with("tests/")).cloned().collect();
    assert_eq!(differences(&entities(&house), &tables()), Vec::<String>::new());
}

#[test]
fn rows_that_differ_from_their_tables_are_caught_column_by_column() {
    let planted = entities(&sources(&root().join("tests/fixtures/bad/rows"), &["rs"]));
    let column = |kind| (kind, false);
    let market = [
        ("id", column(ColumnType::Uuid)),
        ("fee", column(ColumnType::BigInt)),
        ("kind", column(ColumnType::Text)),
        ("type", column(ColumnType::Text)),
        ("closed_at", (ColumnType::Moment, true)),
        ("gone", column(ColumnType::Bool)),
    ];
    let table = |columns: &[(&str, Shape)]| columns.iter().map(|(n, s)| ((*n).to_owned(), *s)).collect();
    let tables = BTreeMap::from([("market".to_owned(), table(&market)), ("lonely".to_owned(), BTreeMap::new())]);
    assert_eq!(
        differences(&planted, &tables),
        [
            "rows.rs: market.seen: a type no column has",
            "ghost: an entity without a table",
            "lonely: a table without an entity",
            "market.closed_at: the row says Moment, the table Moment or null",
            "market.fee: the row says Int, the table BigInt",
            "market.gone: the row says nothing, the table Bool",
        ]
    );
}
