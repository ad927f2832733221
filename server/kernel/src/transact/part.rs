//! Parts of the last statements (收尾语句组成): rows to be inserted, and rows to be changed before if they can be. What differs from
//! one time to the next are their values, so the text of all of it is kept.

use sea_orm::sea_query::{Expr, InsertStatement, Query, UpdateStatement};
use sea_orm::{ActiveModelTrait, ActiveValue, ColumnTrait as _, EntityTrait, Iterable as _, Value};

/// What gives a part its text: the code that builds it, and which columns a row has.
pub(super) type Shape = (usize, u128);

/// A change of a row that is made if the row is as it asks (先占).
pub struct Claim {
    given: Vec<Value>,
    of: usize,
    build: Box<dyn Fn(&[Value]) -> UpdateStatement + Send + Sync>,
}

impl Claim {
    /// The statement that `build` builds for any values of these types.
    #[must_use]
    pub fn new<const N: usize>(given: [Value; N], build: fn([Value; N]) -> UpdateStatement) -> Self {
        let all =
            move |values: &[Value]| build(std::array::from_fn(|n| values.get(n).cloned().unwrap_or(Value::Bool(None))));
        Self { given: given.into(), of: build as usize, build: Box::new(all) }
    }

    pub(super) fn shape(&self) -> Shape {
        (self.of, 0)
    }

    pub(super) fn given(&self) -> &[Value] {
        &self.given
    }

    /// The statement with these values in place of its own.
    pub(super) fn with(&self, values: &[Value]) -> UpdateStatement {
        (self.build)(values)
    }
}

/// A row to be inserted.
pub(super) struct Row {
    given: Vec<Value>,
    /// Which columns it has, by their numbers.
    columns: u128,
    build: fn(u128, &[Value]) -> InsertStatement,
}

impl Row {
    pub(super) fn of<A: ActiveModelTrait>(mut row: A) -> Self {
        let (mut given, mut columns) = (Vec::new(), 0);
        for (number, column) in <A::Entity as EntityTrait>::Column::iter().enumerate() {
            if let ActiveValue::Set(value) | ActiveValue::Unchanged(value) = row.take(column) {
                given.push(value);
                columns |= 1 << number;
            }
        }
        Self { given, columns, build: inserted::<A::Entity> }
    }

    pub(super) fn shape(&self) -> Shape {
        (self.build as usize, self.columns)
    }

    pub(super) fn given(&self) -> &[Value] {
        &self.given
    }

    pub(super) fn into_given(self) -> Vec<Value> {
        self.given
    }

    /// The statement with these values in place of its own.
    pub(super) fn with(&self, values: &[Value]) -> InsertStatement {
        (self.build)(self.columns, values)
    }
}

fn inserted<E: EntityTrait>(columns: u128, values: &[Value]) -> InsertStatement {
    let there = E::Column::iter().enumerate().filter(|(number, _)| columns >> number & 1 == 1);
    let there: Vec<E::Column> = there.map(|(_, column)| column).collect();
    let saved = there.iter().zip(values).map(|(column, value)| column.save_as(Expr::val(value.clone())));
    let saved: Vec<Expr> = saved.collect();
    Query::insert().into_table(E::default().table_ref()).columns(there).values_panic(saved).to_owned()
}
