"""Load test of the FLTS prediction API and of the file gateway.

Every setting is an environment variable, so that the chart's values drive the test; see locust.* in values.yaml.
Only the standard library and Locust itself are used, which is all that the locustio/locust image has.
"""

import math
import os
import random
import time
from datetime import datetime, timedelta, timezone

import requests
from locust import HttpUser, between, events, task
from locust.runners import WorkerRunner


def text(name, default=""):
    return os.getenv(name, "").strip() or default


def flag(name, default="0"):
    return text(name, default).lower() in {"1", "true", "yes"}


def number(name, default):
    try:
        return int(text(name, str(default)))
    except ValueError:
        return default


TARGET = text("TARGET_HOST", "http://localhost:8000").rstrip("/")
PREDICT_URL = text("PREDICT_URL", f"{TARGET}/predict")
GATEWAY = text("GATEWAY_BASE").rstrip("/")
DOWNLOADS = [url for url in (text("ENDPOINT_DOWNLOAD"), text("ENDPOINT_DOWNLOAD_ALT")) if url]
PAYLOAD_MODE = text("PREDICT_PAYLOAD_MODE", "synthetic")
REPEAT_PAYLOAD = flag("LOCUST_ENABLE_PREDICT_CACHE")
LOG_LIMIT = 200 if flag("LOCUST_TRUNCATE_LOG", "1") else None
ROWS = number("PREDICT_ROWS", 48)
LENGTH = number("PREDICT_LENGTH", 10)
# The columns of the FLTS data sets; a model of other data needs its own, in locust.master.env.predictColumns.
DEFAULT_COLUMNS = (
    "down,up,rnti_count,rb_down,rb_down_var,rb_up,rb_up_var,mcs_down,mcs_down_var,mcs_up,mcs_up_var"
)
COLUMNS = [c for c in text("PREDICT_COLUMNS", DEFAULT_COLUMNS).split(",") if c]


def series(seed):
    """Half-hourly rows with a daily rhythm, in the column layout that /predict takes."""
    rng = random.Random(seed)
    start = datetime(2025, 1, 1, tzinfo=timezone.utc)
    data = {"ts": [(start + timedelta(minutes=30 * i)).isoformat() for i in range(ROWS)]}
    for column in COLUMNS:
        level = rng.uniform(10, 1000)
        data[column] = [
            round(level * (1 + 0.4 * math.sin(2 * math.pi * i / 48)) + rng.gauss(0, level / 20), 3)
            for i in range(ROWS)
        ]
    return data


def payload():
    """One prediction request. A fixed seed makes all of them equal, so that a cache may answer."""
    if PAYLOAD_MODE == "minimal":
        return {"inference_length": LENGTH}
    seed = 42 if REPEAT_PAYLOAD else random.getrandbits(32)
    return {"inference_length": LENGTH, "index_col": "ts", "data": series(seed)}


def reachable(url, attempts, pause=2.0):
    """Whether the address answers with anything but a server error."""
    for _ in range(attempts):
        try:
            if requests.get(url, timeout=10).status_code < 500:
                return True
        except requests.RequestException:
            pass
        time.sleep(pause)
    return False


def predict_quietly(count):
    """Requests outside the statistics, to warm up or to fill the queue."""
    for _ in range(count):
        try:
            requests.post(PREDICT_URL, json=payload(), timeout=60)
        except requests.RequestException as error:
            print(f"warm-up failed: {str(error)[:LOG_LIMIT]}", flush=True)


@events.test_start.add_listener
def prepare(environment, **_):
    """Runs once per test, on the master or a single process: checks, warm-up and the burst."""
    if isinstance(environment.runner, WorkerRunner):
        return
    if not flag("LOCUST_PREFLIGHT_DISABLE", "1"):
        for url in [TARGET, GATEWAY]:
            if url and not reachable(url, 5):
                print(f"not reachable: {url}", flush=True)
                environment.runner.stop()
                return
    if flag("LOCUST_WAIT_FOR_MODEL"):
        seconds = number("LOCUST_WAIT_FOR_MODEL_TIMEOUT", 180)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if requests.get(f"{TARGET}/ready", timeout=5).status_code == 200:
                    break
            except requests.RequestException:
                pass
            time.sleep(2)
        else:
            print(f"no model after {seconds} s", flush=True)
    for _ in range(number("DOWNLOAD_WARMUP_ATTEMPTS", 1)):
        if not DOWNLOADS or any(reachable(url, 1, 0) for url in DOWNLOADS):
            break
    if not flag("PREDICT_WARMUP_DISABLE", "1") or flag("WARMUP_ONLY"):
        predict_quietly(number("WARMUP_SAMPLES", 10))
    if flag("WARMUP_ONLY"):
        environment.runner.stop()
        return
    if flag("SEED_PREDICT_QUEUE"):
        predict_quietly(number("SEED_COUNT", 5))
    if flag("KAFKA_BURST"):
        burst = {"count": number("KAFKA_BURST_COUNT", 5000)}
        if text("KAFKA_BURST_TTL_MS"):
            burst["ttl_ms"] = number("KAFKA_BURST_TTL_MS", 0)
        if text("KAFKA_BURST_KEY_PREFIX"):
            burst["key_prefix"] = text("KAFKA_BURST_KEY_PREFIX")
        try:
            answer = requests.post(f"{TARGET}/publish_inference_claims", json=burst, timeout=120)
            print(f"burst: {answer.status_code} {answer.text[:LOG_LIMIT]}", flush=True)
        except requests.RequestException as error:
            print(f"burst failed: {str(error)[:LOG_LIMIT]}", flush=True)


class ForecastUser(HttpUser):
    """Asks for predictions, and now and then for the promoted model's pointer through the gateway."""

    host = TARGET
    wait_time = between(0.5, 2.0)

    @task(10)
    def predict(self):
        with self.client.post(
            PREDICT_URL, json=payload(), name="POST /predict", timeout=90, catch_response=True
        ) as answer:
            if answer.status_code != 200:
                answer.failure(f"{answer.status_code}: {(answer.text or '')[:LOG_LIMIT]}")

    @task(1)
    def download(self):
        for url in DOWNLOADS:
            with self.client.get(
                url, name="GET /download", timeout=30, catch_response=True
            ) as answer:
                if answer.status_code == 200:
                    answer.success()
                    return
                if answer.status_code == 404:
                    # Nothing is promoted yet: an answer of the gateway, not a failure of it.
                    answer.success()
                else:
                    answer.failure(f"{answer.status_code}: {(answer.text or '')[:LOG_LIMIT]}")

    @task(1)
    def ready(self):
        with self.client.get(
            f"{TARGET}/ready", name="GET /ready", timeout=10, catch_response=True
        ) as answer:
            if answer.status_code in (200, 503):
                answer.success()
