import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { messageKinds, messageVariables, type MessageKind } from "./domain/message.ts";

/** The variable that names the gateway's template of a kind of message: SMS_TEMPLATE_SIGN_IN_CODE */
const templateVariable = (kind: MessageKind) => `SMS_TEMPLATE_${kind.toUpperCase().replaceAll("-", "_")}`;

const Environment = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  DATA_DIR: z.string().min(1).default(".data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  SESSION_SECRET: z.string().min(32).optional(),
  DATA_KEY: z.string().min(32).optional(),
  ALLOW_OWNER_LOGIN: z.enum(["yes", "no"]).default("no"),
  TRUST_PROXY: z.enum(["yes", "no"]).default("no"),
  PUBLIC_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
  ALIYUN_ACCESS_KEY_ID: z.string().optional(),
  ALIYUN_ACCESS_KEY_SECRET: z.string().optional(),
  SMS_SIGN_NAME: z.string().optional(),
  SMS_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_REGION: z.string().optional(),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_PATH_STYLE: z.enum(["yes", "no"]).default("no"),
});

/** The account at Aliyun's SMS gateway. */
export interface SmsSettings {
  accessKeyId: string;
  accessKeySecret: string;
  /** The approved signature (短信签名), without the brackets. */
  signName: string;
  /** The approved template (短信模板) of each kind of message. */
  templates: Record<MessageKind, string>;
  endpoint: string;
}

/** A bucket of an S3-compatible service. */
export interface BucketSettings {
  at: "bucket";
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Whether the bucket stands in the path and not in the name of the host. */
  pathStyle: boolean;
}

/** Where files are kept. */
export type StorageSettings = { at: "folder"; folder: string } | BucketSettings;

/** What the process was told, read once. `demo` opens the practice ground: /demo and its accounts. */
export interface Config {
  production: boolean;
  demo: boolean;
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | undefined;
  ownerUrl: string | undefined;
  /** Whether the portal starts with a database login that owns the tables, and so could undo what binds it. */
  allowOwnerLogin: boolean;
  sessionSecret: string;
  dataKey: string;
  /** The origin that forms must come from and that printed QR codes lead to; undefined: that of the request. */
  publicOrigin: string | undefined;
  /** Whether a proxy of our own stands in front, whose word on the sender's address is taken. */
  trustProxy: boolean;
  logLevel: string;
  /** null: no message leaves the outbox. */
  sms: SmsSettings | null;
  /** The demo keeps its files on this machine, whatever is set. */
  storage: StorageSettings;
}

export class ConfigError extends Error {}

const DEMANDED: Readonly<Record<string, string>> = {
  DATABASE_URL: "DATABASE_URL：PostgreSQL 的连接地址，例如 postgres://jiati:密码@127.0.0.1:5432/jiati",
  SESSION_SECRET: "SESSION_SECRET：至少 32 个字符的随机密钥，例如 openssl rand -hex 32 的输出",
  PUBLIC_ORIGIN: "PUBLIC_ORIGIN：居民访问的网址，例如 https://jiati.example.cn；打印的二维码和表单的检查都以它为准",
  ALLOW_OWNER_LOGIN: "ALLOW_OWNER_LOGIN：yes 或 no；DATABASE_URL 的登录角色拥有数据表时是否仍要启动",
  ALIYUN_ACCESS_KEY_ID: "ALIYUN_ACCESS_KEY_ID：阿里云 AccessKey ID；短信设置要么全填，要么全不填",
  ALIYUN_ACCESS_KEY_SECRET: "ALIYUN_ACCESS_KEY_SECRET：阿里云 AccessKey Secret；短信设置要么全填，要么全不填",
  SMS_SIGN_NAME: "SMS_SIGN_NAME：审核通过的短信签名；短信设置要么全填，要么全不填",
  ...Object.fromEntries(
    messageKinds.map((kind) => {
      const variables = messageVariables[kind].map((name) => `\${${name}}`).join("、");
      return [templateVariable(kind), `${templateVariable(kind)}：审核通过的短信模板，变量为 ${variables}；短信设置要么全填，要么全不填`];
    }),
  ),
  S3_ENDPOINT: "S3_ENDPOINT：对象存储的地址，例如 https://oss-cn-shanghai.aliyuncs.com；对象存储的设置要么全填，要么全不填",
  S3_REGION: "S3_REGION：对象存储的地域，例如 cn-shanghai；对象存储的设置要么全填，要么全不填",
  S3_BUCKET: "S3_BUCKET：存储桶的名称；对象存储的设置要么全填，要么全不填",
  S3_ACCESS_KEY_ID: "S3_ACCESS_KEY_ID：对象存储的 AccessKey ID；对象存储的设置要么全填，要么全不填",
  S3_SECRET_ACCESS_KEY: "S3_SECRET_ACCESS_KEY：对象存储的 AccessKey Secret；对象存储的设置要么全填，要么全不填",
};

const DEMANDED_FOR_SMS = ["ALIYUN_ACCESS_KEY_ID", "ALIYUN_ACCESS_KEY_SECRET", "SMS_SIGN_NAME", ...messageKinds.map(templateVariable)];

const DEMANDED_FOR_BUCKET = ["S3_ENDPOINT", "S3_REGION", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;

/**
 * Reads the environment. The settings of a gateway are all there or none is.
 *
 * @param demands "production" demands DATABASE_URL, SESSION_SECRET and PUBLIC_ORIGIN; elsewhere secrets are made once and kept in DATA_DIR.
 * @throws ConfigError naming each variable that is missing or wrong.
 */
export function readConfig(
  env: Record<string, string | undefined>,
  { demo = false, demands = "nothing" }: { demo?: boolean; demands?: "nothing" | "production" } = {},
): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(given);
  const demanded = [
    ...(demands === "production" ? (["DATABASE_URL", "SESSION_SECRET", "PUBLIC_ORIGIN"] as const) : []),
    ...([...DEMANDED_FOR_SMS, "SMS_ENDPOINT"].some((k) => given[k]) ? DEMANDED_FOR_SMS : []),
    ...([...DEMANDED_FOR_BUCKET, "S3_PATH_STYLE"].some((k) => given[k]) ? DEMANDED_FOR_BUCKET : []),
  ];
  const missing = demanded.filter((k) => !given[k]);
  if (!parsed.success || missing.length > 0) {
    const wrong = parsed.success ? [] : parsed.error.issues.map((i) => String(i.path[0]));
    const names = [...new Set([...missing, ...wrong])];
    const lines = names.map((name) => `  ${DEMANDED[name] ?? name}`);
    throw new ConfigError(`不能启动，下列设置缺少或不正确：\n${lines.join("\n")}`);
  }
  const e = parsed.data;
  const dataDir = path.resolve(e.DATA_DIR);
  const sessionSecret = e.SESSION_SECRET ?? keptSecret(dataDir);
  return {
    production: demands === "production",
    demo,
    port: e.PORT,
    host: e.HOST,
    dataDir,
    databaseUrl: e.DATABASE_URL,
    ownerUrl: e.DATABASE_OWNER_URL ?? e.DATABASE_URL,
    allowOwnerLogin: e.ALLOW_OWNER_LOGIN === "yes",
    sessionSecret,
    dataKey: e.DATA_KEY ?? createHmac("sha256", sessionSecret).update("jiati data key").digest("hex"),
    publicOrigin: e.PUBLIC_ORIGIN ? new URL(e.PUBLIC_ORIGIN).origin : undefined,
    trustProxy: e.TRUST_PROXY === "yes",
    logLevel: e.LOG_LEVEL,
    sms: readSms(e, given),
    storage: (demo ? null : readBucket(e)) ?? { at: "folder", folder: path.join(dataDir, "files") },
  };
}

function readSms(e: z.infer<typeof Environment>, given: Record<string, string | undefined>): SmsSettings | null {
  const { ALIYUN_ACCESS_KEY_ID: accessKeyId, ALIYUN_ACCESS_KEY_SECRET: accessKeySecret, SMS_SIGN_NAME: signName, SMS_ENDPOINT: endpoint } = e;
  if (!accessKeyId || !accessKeySecret || !signName) return null;
  const templates = Object.fromEntries(messageKinds.map((kind) => [kind, given[templateVariable(kind)] ?? ""])) as Record<MessageKind, string>;
  return { accessKeyId, accessKeySecret, signName, templates, endpoint: endpoint ?? "https://dysmsapi.aliyuncs.com" };
}

function readBucket(e: z.infer<typeof Environment>): BucketSettings | null {
  const { S3_ENDPOINT: endpoint, S3_REGION: region, S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = e;
  if (!endpoint || !region || !bucket || !accessKeyId || !secretAccessKey) return null;
  return { at: "bucket", endpoint, region, bucket, accessKeyId, secretAccessKey, pathStyle: e.S3_PATH_STYLE === "yes" };
}

/** 32 bytes for one purpose, derived from a secret by HKDF (RFC 5869). */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "jiati", purpose, 32));
}

function keptSecret(dataDir: string): string {
  const file = path.join(dataDir, "session-secret");
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    try {
      writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  return readFileSync(file, "utf8").trim();
}
