//! The interface as others read it (接口): fields, arguments and types of the SDL, and the selections one can make of them.

use std::collections::BTreeMap;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
};

pub(crate) const ROOTS: [&str; 3] = ["Query", "Mutation", "Subscription"];

/// An argument, or a field of an input.
#[derive(Clone, Debug)]
pub(crate) struct Arg {
    pub(crate) name: String,
    pub(crate) ty: Type,
}

/// A field of an object.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) args: Vec<Arg>,
    pub(crate) ty: Type,
    pub(crate) description: String,
}

/// What a name of the SDL means.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Object(Vec<Field>),
    Input(Vec<Arg>),
    Enum(Vec<String>),
    Union(Vec<String>),
    Scalar,
}

/// The SDL by name.
#[derive(Clone, Debug)]
pub(crate) struct Sdl(BTreeMap<String, Kind>);

/// The name at the bottom of a type, below lists.
pub(crate) fn bottom(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(inner) => bottom(inner),
    }
}

/// Is it a list?
pub(crate) const fn is_list(ty: &Type) -> bool {
    matches!(ty.base, BaseType::List(_))
}

fn arg(value: &InputValueDefinition) -> Arg {
    Arg { name: value.name.node.to_string(), ty: value.ty.node.clone() }
}

fn field(value: &FieldDefinition) -> Field {
    Field {
        name: value.name.node.to_string(),
        args: value.arguments.iter().map(|a| arg(&a.node)).collect(),
        ty: value.ty.node.clone(),
        description: value.description.as_ref().map(|d| d.node.clone()).unwrap_or_default(),
    }
}

impl Sdl {
    pub(crate) fn read(text: &str) -> Self {
        let document = parse_schema(text).expect("the SDL parses");
        let types = document.definitions.into_iter().filter_map(|definition| {
            let TypeSystemDefinition::Type(ty) = definition else { return None };
            let kind = match ty.node.kind {
                TypeKind::Object(object) => Kind::Object(object.fields.iter().map(|f| field(&f.node)).collect()),
                TypeKind::InputObject(input) => Kind::Input(input.fields.iter().map(|f| arg(&f.node)).collect()),
                TypeKind::Enum(values) => {
                    Kind::Enum(values.values.iter().map(|v| v.node.value.node.to_string()).collect())
                }
                TypeKind::Union(union) => Kind::Union(union.members.iter().map(|m| m.node.to_string()).collect()),
                TypeKind::Interface(_) | TypeKind::Scalar => Kind::Scalar,
            };
            Some((ty.node.name.node.to_string(), kind))
        });
        Self(types.collect())
    }

    pub(crate) fn kind(&self, name: &str) -> &Kind {
        self.0.get(name).unwrap_or(&Kind::Scalar)
    }

    /// Every name there is: types, and what is in them.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for (of, kind) in &self.0 {
            names.push(of.clone());
            let parts: Vec<&String> = match kind {
                Kind::Object(fields) => fields.iter().map(|f| &f.name).collect(),
                Kind::Input(args) => args.iter().map(|a| &a.name).collect(),
                Kind::Enum(values) => values.iter().collect(),
                Kind::Union(_) | Kind::Scalar => Vec::new(),
            };
            names.extend(parts.into_iter().map(|part| format!("{of}.{part}")));
        }
        names
    }

    /// The names of all objects.
    pub(crate) fn objects(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, kind)| matches!(kind, Kind::Object(_))).map(|(name, _)| name.as_str())
    }

    /// The fields of an object; none of what is no object.
    pub(crate) fn fields(&self, name: &str) -> &[Field] {
        match self.kind(name) {
            Kind::Object(fields) => fields,
            _ => &[],
        }
    }

    pub(crate) fn field(&self, of: &str, name: &str) -> Option<&Field> {
        self.fields(of).iter().find(|f| f.name == name)
    }

    /// What a mutation gives when it is done; the type itself where it is no union.
    pub(crate) fn success<'a>(&'a self, ty: &'a Type) -> &'a str {
        match self.kind(bottom(ty)) {
            Kind::Union(members) => members.iter().find(|m| !m.ends_with("Refused")).map_or("", String::as_str),
            _ => bottom(ty),
        }
    }

    /// Everything that can be selected of a type without an argument, `depth` objects deep; empty for a scalar.
    pub(crate) fn selection(&self, name: &str, depth: usize) -> String {
        match self.kind(name) {
            Kind::Object(fields) => {
                let parts: Vec<String> = fields.iter().filter_map(|f| self.part(f, depth)).collect();
                format!(" {{ __typename {} }}", parts.join(" "))
            }
            Kind::Union(members) => {
                let parts: Vec<String> =
                    members.iter().map(|m| format!("... on {m}{}", self.selection(m, depth))).collect();
                format!(" {{ __typename {} }}", parts.join(" "))
            }
            _ => String::new(),
        }
    }

    fn part(&self, field: &Field, depth: usize) -> Option<String> {
        if field.args.iter().any(|a| !a.ty.nullable) {
            return None;
        }
        let below = bottom(&field.ty);
        // A page is a frame, not a step down.
        let frame =
            below.ends_with("Connection") || below.ends_with("Edge") || field.name == "node" || below == "PageInfo";
        match self.kind(below) {
            Kind::Object(_) | Kind::Union(_) if depth == 0 && !frame => None,
            Kind::Object(_) | Kind::Union(_) => {
                let depth = if frame && depth > 0 || below == "PageInfo" { depth } else { depth.checked_sub(1)? };
                Some(format!("{}{}", field.name, self.selection(below, depth)))
            }
            _ => Some(field.name.clone()),
        }
    }

    /// One operation that asks for one root field, each argument a variable of its own name.
    pub(crate) fn document(&self, root: &str, field: &Field, given: &[&str], depth: usize) -> String {
        let args: Vec<&Arg> = field.args.iter().filter(|a| given.contains(&a.name.as_str())).collect();
        let (declared, passed): (Vec<String>, Vec<String>) =
            args.iter().map(|a| (format!("${}: {}", a.name, a.ty), format!("{0}: ${0}", a.name))).unzip();
        let bracket =
            |parts: Vec<String>| if parts.is_empty() { String::new() } else { format!("({})", parts.join(", ")) };
        let (name, selection) = (&field.name, self.selection(bottom(&field.ty), depth));
        format!("{}{} {{ {name}{}{selection} }}", root.to_lowercase(), bracket(declared), bracket(passed))
    }
}
