//! Sprig v3.3.0, semver.go: versions as Masterminds/semver v3.5.0 reads them.

use std::any::Any;

use super::{CallError, Family, Function, Kind};
use crate::{
    semver::{Constraints, Version},
    value::{MethodResult, Object, Str, Value},
};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Semver;
    table.extend([
        Function::new(family, "semver", "A version with its parts", semver),
        Function::new(
            family,
            "semverCompare",
            "Whether a version lies in a range",
            semver_compare,
        ),
    ]);
}

fn semver_compare(range: String, version: String) -> Result<bool, CallError> {
    let range = Constraints::parse(&range).map_err(|error| error.to_string())?;
    let version = Version::parse(&version).map_err(|error| error.to_string())?;
    Ok(range.check(&version))
}

fn semver(version: String) -> Result<Value, CallError> {
    let version = Version::parse(&version).map_err(|error| error.to_string())?;
    Ok(Value::Object(std::rc::Rc::new(SemverObject(version))))
}

/// `*semver.Version`, as templates see it.
#[derive(Debug)]
struct SemverObject(Version);

impl Object for SemverObject {
    fn go_type(&self) -> &'static str {
        "*semver.Version"
    }

    fn go_kind(&self) -> &'static str {
        "ptr"
    }

    fn method(&self, name: &str) -> Option<&'static [Kind]> {
        Some(match name {
            "Major" | "Minor" | "Patch" | "Prerelease" | "Metadata" | "Original" | "String" => &[],
            "Compare" | "Equal" | "GreaterThan" | "GreaterThanEqual" | "LessThan"
            | "LessThanEqual" => &[Kind::Any],
            _ => return None,
        })
    }

    fn call(&self, name: &str, args: &[Value]) -> MethodResult {
        use std::cmp::Ordering;
        let version = &self.0;
        let ordering = || {
            let other = args.first().and_then(|value| value.downcast::<Self>());
            other
                .map(|other| version.cmp(&other.0))
                .ok_or_else(|| "wrong type for value; expected *semver.Version".to_owned())
        };
        Ok(match name {
            "Major" => Value::Uint64(version.major()),
            "Minor" => Value::Uint64(version.minor()),
            "Patch" => Value::Uint64(version.patch()),
            "Prerelease" => Value::str(version.prerelease()),
            "Metadata" => Value::str(version.metadata()),
            "Original" => Value::str(version.original()),
            "String" => Value::str(version.to_string()),
            "Compare" => Value::Int(ordering()? as i64),
            "Equal" => (ordering()? == Ordering::Equal).into(),
            "GreaterThan" => (ordering()? == Ordering::Greater).into(),
            "GreaterThanEqual" => (ordering()? != Ordering::Less).into(),
            "LessThan" => (ordering()? == Ordering::Less).into(),
            "LessThanEqual" => (ordering()? != Ordering::Greater).into(),
            _ => return Err(format!("{name} is not a method")),
        })
    }

    fn print(&self) -> Str {
        self.0.to_string().into()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
