//! Completions: bash itself is asked what it would complete.

use std::process::Command;

use crate::program::run;

/// What bash offers after `line`, whose last word is being typed.
fn offered(line: &[&str]) -> Vec<String> {
    let (code, script, stderr) = run(&["completions", "bash"]);
    assert_eq!(code, 0, "{stderr}");
    let ask = r#"
        source /dev/stdin <<< "$1"; shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
        _sinetti sinetti "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" 2> /dev/null
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let output = Command::new("bash").args(["-c", ask, "bash", &script]).args(line).output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    stdout.lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn bash_completes_commands_options_and_values() {
    assert_eq!(offered(&["sinetti", "ver"]), ["verify"]);
    assert_eq!(offered(&["sinetti", "key", "pass"]), ["passphrase"]);
    assert_eq!(offered(&["sinetti", "submit", "--ser"]), ["--server"]);
    assert_eq!(offered(&["sinetti", "status", "--lang", "s"]), ["sv"]);
    assert_eq!(offered(&["sinetti", "completions", "z"]), ["zsh"]);
}

#[test]
fn every_shell_has_a_script_that_names_every_command() {
    let (_, help, _) = run(&["--help"]);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands = commands.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    let commands: Vec<&str> = commands.collect();
    assert!(commands.len() > 15, "{help}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (code, script, stderr) = run(&["completions", shell]);
        assert_eq!(code, 0, "{stderr}");
        for command in &commands {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
    }
}

#[test]
fn an_unknown_shell_is_told_which_there_are() {
    let (code, _, stderr) = run(&["completions", "sh"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("possible values: bash, elvish, fish, powershell, zsh"), "{stderr}");
}
