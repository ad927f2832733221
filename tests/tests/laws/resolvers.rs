//! Resolvers: an error nulls its own field and no other, and no two chapters answer the same root field.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};

use crate::workspace::{Source, root, rust_sources, sources};

/// A method of a GraphQL object, as far as the laws look at it.
struct Field {
    place: String,
    object: String,
    name: String,
    returns: Vec<String>,
}

#[derive(Default)]
struct Fields {
    path: String,
    found: Vec<Field>,
}

impl<'ast> Visit<'ast> for Fields {
    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let graphql = |a: &syn::Attribute| {
            a.path().segments.last().is_some_and(|s| ["Object", "ComplexObject", "Subscription"].contains(&s.ident.to_string().as_str()))
        };
        if item.attrs.iter().any(graphql) {
            let object = outer(&item.self_ty).into_iter().next().unwrap_or_default();
            for inner in &item.items {
                if let syn::ImplItem::Fn(method) = inner {
                    self.found.push(Field {
                        place: format!("{}:{}", self.path, method.sig.ident.span().start().line),
                        object: object.clone(),
                        name: given_name(&method.attrs).unwrap_or_else(|| camel(&method.sig.ident.to_string())),
                        returns: match &method.sig.output {
                            syn::ReturnType::Default => Vec::new(),
                            syn::ReturnType::Type(_, ty) => outer(ty),
                        },
                    });
                }
            }
        }
        visit::visit_item_impl(self, item);
    }
}

/// The names of a type from the outside in, along its first parameters: `Option<Result<A, B>>` is Option, Result, A.
fn outer(ty: &syn::Type) -> Vec<String> {
    let mut names = Vec::new();
    let mut next = Some(ty);
    while let Some(syn::Type::Path(path)) = next {
        let Some(segment) = path.path.segments.last() else { break };
        names.push(segment.ident.to_string());
        next = match &segment.arguments {
            syn::PathArguments::AngleBracketed(list) => list.args.iter().find_map(|argument| match argument {
                syn::GenericArgument::Type(inner) => Some(inner),
                _ => None,
            }),
            _ => None,
        };
    }
    names
}

/// The name of `#[graphql(name = "…")]`.
fn given_name(attributes: &[syn::Attribute]) -> Option<String> {
    let mut name = None;
    for attribute in attributes.iter().filter(|a| a.path().is_ident("graphql")) {
        // What else stands in the attribute is none of our business.
        let _read = attribute.parse_nested_meta(|meta| {
            let value = meta.value()?.parse::<syn::Lit>()?;
            if let (true, syn::Lit::Str(text)) = (meta.path.is_ident("name"), value) {
                name = Some(text.value());
            }
            Ok(())
        });
    }
    name
}

fn camel(snake: &str) -> String {
    let mut words = snake.trim_start_matches("r#").split('_').filter(|w| !w.is_empty());
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (head, tail) = word.split_at(1);
        name + head.to_uppercase().as_str() + tail
    })
}

fn fields(sources: &[Source]) -> Vec<Field> {
    let mut all = Vec::new();
    for source in sources {
        let mut fields = Fields { path: source.path.clone(), found: Vec::new() };
        fields.visit_file(&source.syntax());
        all.append(&mut fields.found);
    }
    all
}

/// Fields whose error would null what is around them.
fn contagious(fields: &[Field]) -> Vec<String> {
    let mut found = Vec::new();
    for field in fields {
        let returns: Vec<&str> = field.returns.iter().map(String::as_str).collect();
        let why = match returns.as_slice() {
            ["Result", "Option", ..] => "Result<Option<T>> nulls its parent: Answer<T>",
            ["Answer", ..] | ["Option", "Result", ..] => continue,
            _ if field.object.ends_with("Mutation") => "a mutation answers with Answer<T>",
            ["Result", ..] if field.object.ends_with("Query") => "Result<T> at the root nulls the whole answer: Answer<T>",
            _ => continue,
        };
        found.push(format!("{}: {}.{}: {why}", field.place, field.object, field.name));
    }
    found
}

/// Root fields that two places answer: the merged schema would silently keep one.
fn answered_twice(fields: &[Field]) -> Vec<String> {
    let mut places: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for field in fields {
        for root in ["Query", "Mutation", "Subscription"] {
            if field.object.ends_with(root) {
                places.entry((root, &field.name)).or_default().push(&field.place);
            }
        }
    }
    places
        .into_iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|((root, name), places)| format!("{root}.{name}: {}", places.join(", ")))
        .collect()
}

fn of_the_house() -> Vec<Field> {
    let house: Vec<Source> =
        rust_sources().iter().filter(|s| !s.path.starts_with("tests/fixtures/")).cloned().collect();
    fields(&house)
}

#[test]
fn an_error_nulls_its_own_field_and_no_other() {
    assert_eq!(contagious(&of_the_house()), Vec::<String>::new());
}

#[test]
fn no_root_field_is_answered_twice() {
    assert_eq!(answered_twice(&of_the_house()), Vec::<String>::new());
}

#[test]
fn every_root_field_of_the_schema_was_seen_by_these_laws() {
    let seen = of_the_house();
    let schema = async_graphql::parser::parse_schema(crate::house::sdl()).expect("our SDL parses");
    for (root, names) in super::sdl::root_fields(&schema) {
        let ours: Vec<&str> = seen.iter().filter(|f| f.object.ends_with(root)).map(|f| f.name.as_str()).collect();
        let unseen: Vec<&String> = names.iter().filter(|n| !ours.contains(&n.as_str())).collect();
        assert_eq!(unseen, Vec::<&String>::new(), "root fields of {root} whose resolver the laws do not find");
    }
}

#[test]
fn contagious_errors_and_fields_answered_twice_are_caught() {
    let planted = fields(&sources(&root().join("tests/fixtures/bad/resolvers"), &["rs"]));
    assert_eq!(
        contagious(&planted),
        [
            "a.rs:7: AQuery.market: Result<Option<T>> nulls its parent: Answer<T>",
            "a.rs:12: AQuery.allMarkets: Result<T> at the root nulls the whole answer: Answer<T>",
            "a.rs:19: AMutation.listMarket: a mutation answers with Answer<T>",
            "b.rs:16: Stall.owner: Result<Option<T>> nulls its parent: Answer<T>",
        ]
    );
    assert_eq!(answered_twice(&planted), ["Query.market: a.rs:7, b.rs:7"]);
}
