//! What people read and are told; the grammar itself is checked against Kubernetes in
//! `compose/tests/quantities.rs`.

use super::*;

#[test]
fn sums_keep_the_notation() {
    let sum = |all: &[&str]| {
        all.iter()
            .map(|text| text.parse::<Quantity>().unwrap())
            .sum::<Quantity>()
            .to_string()
    };
    assert_eq!(sum(&["512Mi", "1.5Gi"]), "2Gi");
    assert_eq!(sum(&["500m", "1", "250m"]), "1750m");
    assert_eq!(sum(&[]), "0");
    assert_eq!(
        "250m".parse::<Quantity>().unwrap().times(4).to_string(),
        "1"
    );
}

#[test]
fn the_same_amount_is_equal_however_written() {
    let parse = |text: &str| text.parse::<Quantity>().unwrap();
    assert_eq!(parse("1"), parse("1000m"));
    assert!(parse("1Gi") > parse("1G"));
    assert_eq!(
        Quantity::from_value(&Value::Float(0.5)).unwrap(),
        parse("500m")
    );
    assert!(Quantity::from_value(&Value::Null).is_err());
}

#[test]
fn people_read_short_numbers() {
    assert_eq!(format_cpu(18_200), "18.2");
    assert_eq!(format_cpu(36_000), "36");
    assert_eq!(format_cpu(-5), "-0.005");
    assert_eq!(format_bytes(82 << 30), "82Gi");
    assert_eq!(format_bytes(3 << 29), "1.5Gi");
    assert_eq!(format_bytes((1 << 30) - 1), "1Gi");
    assert_eq!(format_bytes(0), "0");
}

#[test]
fn a_wrong_unit_is_told_with_the_right_ones() {
    assert_eq!(
        explain("2GB", Kind::Memory),
        "`2GB` is not a quantity: write `2G` or `2Gi`"
    );
    assert_eq!(
        explain("10 gib", Kind::Storage),
        "`10 gib` is not a quantity: write `10Gi`"
    );
    assert_eq!(
        explain("2 cores", Kind::Cpu),
        "`2 cores` is not a quantity: write `2`"
    );
    assert_eq!(
        explain("lots", Kind::Cpu),
        "`lots` is not a quantity: write it like `500m` (half a core) or `2`"
    );
}
