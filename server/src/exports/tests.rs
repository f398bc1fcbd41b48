use std::fs;

use super::*;

/// A composition in which every text is as nasty as its place allows.
fn filled(name: &str, nasty: bool) -> String {
    let chart = app::wire::ChartInfo {
        name: "flts".to_owned(),
        version: "0.1.0".to_owned(),
        app_version: "1".to_owned(),
        description: String::new(),
    };
    let secrets = match nasty {
        true => vec!["a.password".to_owned(), "b.x\nrm -rf / #".to_owned()],
        false => Vec::new(),
    };
    let json = match nasty {
        true => {
            r#"{"a":{"on":"yes","text":"x: ${y} %{z}\n\nVALUES\n"},"list":[1.5,{"k":"'\""}],"n":null,"quote":"\" \\ #"}"#
        }
        false => r#"{"kafka":{"replicas":3}}"#,
    };
    let context = Context {
        chart: &chart,
        release: &compose::ReleaseSettings {
            name: if nasty { "1e3" } else { "flts" }.to_owned(),
            namespace: "ml".to_owned(),
            kube_version: nasty.then(|| "1.33".to_owned()),
            api_versions: if nasty {
                vec!["a/v1".to_owned()]
            } else {
                vec![]
            },
            ..Default::default()
        },
        environment: if nasty { "prod\nrm -rf /" } else { "prod" },
        origin: "http://127.0.0.1:3000",
        values_url: "http://127.0.0.1:3000/values.yaml?env=prod&set=a=it's",
        manifests_url: "http://127.0.0.1:3000/manifests.yaml?env=prod&set=a={1,2}",
        page_url: "http://127.0.0.1:3000/?env=prod&set=a=1",
        secrets: &secrets,
        values: &serde_json::from_str(json).unwrap(),
        withheld: &secrets,
    };
    let exports = Exports::new(None).unwrap();
    exports
        .render(exports.get(name).unwrap(), &context)
        .unwrap()
}

fn yaml(name: &str, nasty: bool) -> Vec<serde_json::Value> {
    use serde::Deserialize as _;

    let text = filled(name, nasty);
    serde_yaml::Deserializer::from_str(&text)
        .map(|document| serde_json::Value::deserialize(document).expect(&text))
        .collect()
}

#[test]
fn the_install_command() {
    assert_eq!(
        filled("install-command", false),
        "helm upgrade --install flts flts \\\n  --repo http://127.0.0.1:3000 --version 0.1.0 \\\n  \
         --namespace ml --create-namespace \\\n  --rollback-on-failure --timeout 15m \\\n  \
         --values 'http://127.0.0.1:3000/values.yaml?env=prod&set=a=it'\\''s'\n"
    );
    let three = filled("install-command-helm3", true);
    assert!(three.contains("--atomic") && !three.contains("--rollback-on-failure"));
    assert!(three.contains("--set-literal a.password=\"${A_PASSWORD:?}\" \\\n"));
    assert!(three.contains("--set-literal 'b.x\nrm -rf / #'=\"${B_X_RM__RF____:?}\""));
}

#[test]
fn no_comment_of_a_script_ends_before_its_line() {
    for name in ["install.sh", "curl"] {
        let text = filled(name, true);
        for line in text.lines() {
            let known = ["#", "set -eu", "exec ", "curl ", "  --", "rm -rf / #'=", ""];
            assert!(
                known.iter().any(|start| match *start {
                    "" => line.is_empty(),
                    start => line.starts_with(start),
                }),
                "{name}: {line}"
            );
        }
    }
    assert!(filled("install.sh", false).starts_with("#!/bin/sh\n"));
}

#[test]
fn values_stand_in_manifests_as_they_are() {
    for nasty in [false, true] {
        let argo = &yaml("argo-cd", nasty)[0];
        let [repository, release] = &yaml("flux", nasty)[..] else {
            panic!("Flux needs two objects");
        };
        let kustomize = &yaml("kustomize", nasty)[0];
        let values = &argo["spec"]["source"]["helm"]["valuesObject"];
        assert_eq!(&release["spec"]["values"], values);
        assert_eq!(&kustomize["helmCharts"][0]["valuesInline"], values);
        let name = if nasty { "1e3" } else { "flts" };
        assert_eq!(argo["spec"]["source"]["helm"]["releaseName"], name);
        assert_eq!(repository["metadata"]["name"], name);
        assert_eq!(release["spec"]["chart"]["spec"]["sourceRef"]["name"], name);
        if nasty {
            assert_eq!(values["a"]["on"], "yes");
            assert_eq!(values["a"]["text"], "x: ${y} %{z}\n\nVALUES\n");
            assert_eq!(values["list"][1]["k"], "'\"");
            assert!(values["n"].is_null() && values.as_object().unwrap().contains_key("n"));
            assert_eq!(argo["spec"]["source"]["helm"]["kubeVersion"], "1.33");
            assert_eq!(kustomize["helmCharts"][0]["apiVersions"][0], "a/v1");
        } else {
            assert_eq!(values["kafka"]["replicas"], 3);
        }
    }
}

#[test]
fn terraform_has_no_templates_and_one_heredoc() {
    let text = filled("terraform", true);
    assert!(text.contains("resource \"helm_release\" \"_1e3\" {"));
    assert!(text.contains("x: $${y} %%{z}"), "{text}");
    assert_eq!(
        text.lines().filter(|line| line.trim() == "VALUES").count(),
        1
    );
    assert!(text.contains("  #   { name = \"b.x\\nrm -rf / #\", value = var.b_x_rm_-rf____ },"));
}

#[test]
fn a_folder_adds_and_replaces() {
    let folder = std::env::temp_dir().join(format!("chartroom-exports-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, body: &str| {
        let text = format!("{{#\ntitle: Ours\ndescription: Our own.\n#}}\n{body}");
        fs::write(folder.join(name), text).unwrap();
    };
    write("deploy.yaml.j2", "release: {{ release.name }}\n");
    write("curl.j2", "echo {{ chart.name|sh }}\n");
    fs::write(folder.join("notes.md"), "no template").unwrap();
    let good = Exports::new(Some(&folder));
    write("deploy.yaml.j2", "a: 1\nrelease: {{ relase.name }}\n");
    let wrong_name = Exports::new(Some(&folder)).unwrap_err();
    write("deploy.yaml.j2", "{% if release %}\n");
    let unclosed = Exports::new(Some(&folder)).unwrap_err();
    fs::write(folder.join("deploy.yaml.j2"), "just text").unwrap();
    let headless = Exports::new(Some(&folder)).unwrap_err();
    fs::remove_dir_all(&folder).unwrap();

    let good = good.unwrap();
    let names: Vec<&str> = good
        .all()
        .iter()
        .map(|export| export.about.name.as_str())
        .collect();
    assert_eq!(names[3], "curl");
    assert_eq!(names.last(), Some(&"deploy.yaml"));
    assert_eq!(good.get("curl").unwrap().about.title, "Ours");
    assert_eq!(
        good.get("deploy.yaml").unwrap().about.file_name,
        "deploy.yaml"
    );
    assert!(
        wrong_name.file.ends_with("deploy.yaml.j2") && wrong_name.line == 6,
        "{wrong_name}"
    );
    assert!(unclosed.line >= 5, "{unclosed}");
    assert_eq!(headless.line, 1);
    assert!(Exports::new(Some(&folder)).is_err());
}
