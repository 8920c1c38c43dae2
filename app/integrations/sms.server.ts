import { createHash, createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import type { SmsSettings } from "#app/config.server.ts";

export interface SmsMessage {
  /** A mobile number of the mainland, eleven digits. */
  phone: string;
  template: keyof SmsSettings["templates"];
  /** The variables of the template. */
  params: Record<string, string>;
  /** Ours, repeated in the gateway's records (`OutId`). It keeps nothing from being sent twice. */
  reference: string;
}

/**
 * - sent: the gateway has taken the message. Whether the phone received it, it reports elsewhere.
 * - refused: this message will never be taken, for its number, signature, template or content.
 * - later: not now, or not known: throttled, out of order, without credit or rights, no answer, an unreadable answer.
 *
 * `code` is the gateway's, or ours: `timeout`, `connection`, `malformed`, `http-503`. It holds no personal data.
 */
export type SmsOutcome = { state: "sent" } | { state: "refused" | "later"; code: string };

export interface Sms {
  send(message: SmsMessage): Promise<SmsOutcome>;
}

/** Faults of the message itself among the codes of https://help.aliyun.com/document_detail/101346.html */
const REFUSED = new Set([
  "isv.BLACK_KEY_CONTROL_LIMIT",
  "isv.DOMESTIC_NUMBER_NOT_SUPPORTED",
  "isv.EXTEND_CODE_ERROR",
  "isv.INVALID_JSON_PARAM",
  "isv.INVALID_PARAMETERS",
  "isv.MOBILE_COUNT_OVER_LIMIT",
  "isv.MOBILE_NUMBER_ILLEGAL",
  "isv.PARAM_LENGTH_LIMIT",
  "isv.PARAM_NOT_SUPPORT_URL",
  "isv.SIGN_STATE_ILLEGAL",
  "isv.SMS_CONTENT_ILLEGAL",
  "isv.SMS_SIGNATURE_ILLEGAL",
  "isv.SMS_SIGNATURE_SCENE_ILLEGAL",
  "isv.SMS_SIGN_ILLEGAL",
  "isv.SMS_TEMPLATE_ILLEGAL",
  "isv.TEMPLATE_MISSING_PARAMETERS",
]);

/** What we read of an answer. The rest (`Message`, which may repeat the phone number) is not looked at. */
const Answer = z.object({ Code: z.string().regex(/^[A-Za-z][\w.]{0,79}$/) });

/**
 * A client of Aliyun's SendSms (dysmsapi, version 2017-05-25, RPC style, parameters in the query); null without settings.
 *
 * The gateway knows no idempotence (https://help.aliyun.com/document_detail/55284.html): a message repeated after
 * `later` may arrive twice.
 *
 * @param timeoutMs how long a whole exchange may take
 */
export function createSms(
  settings: SmsSettings | null,
  { timeoutMs = 10_000, now = () => new Date() }: { timeoutMs?: number; now?: () => Date } = {},
): Sms | null {
  if (!settings) return null;
  return {
    async send({ phone, template, params, reference }) {
      const url = new URL("/", settings.endpoint);
      url.search = canonicalQuery({
        PhoneNumbers: phone,
        SignName: settings.signName,
        TemplateCode: settings.templates[template],
        TemplateParam: JSON.stringify(params),
        OutId: reference,
      });
      const headers = {
        "x-acs-action": "SendSms",
        "x-acs-version": "2017-05-25",
        "x-acs-date": now().toISOString().replace(/\.\d{3}Z$/, "Z"),
        "x-acs-signature-nonce": randomBytes(16).toString("hex"),
        "x-acs-content-sha256": sha256(""),
      };
      const Authorization = authorization(settings, { method: "POST", url, headers });
      try {
        const response = await fetch(url, {
          method: "POST",
          headers: { ...headers, Authorization },
          redirect: "error",
          signal: AbortSignal.timeout(timeoutMs),
        });
        return readAnswer(response.status, await response.text());
      } catch (error) {
        return { state: "later", code: (error as Error).name === "TimeoutError" ? "timeout" : "connection" };
      }
    },
  };
}

function readAnswer(status: number, body: string): SmsOutcome {
  const answer = Answer.safeParse(parseJson(body));
  if (!answer.success) return { state: "later", code: status === 200 ? "malformed" : `http-${status}` };
  const code = answer.data.Code;
  if (code === "OK") return status === 200 ? { state: "sent" } : { state: "later", code: `http-${status}` };
  return { state: REFUSED.has(code) ? "refused" : "later", code };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The Authorization header of Aliyun's signature version 3, ACS3-HMAC-SHA256
 * (https://help.aliyun.com/document_detail/2593177.html).
 *
 * Signed is the SHA-256 of six lines: method, path, query with sorted and percent-encoded names and values, the
 * headers `name:value` with sorted names in lower case, the names of these headers, and the SHA-256 of the body. `host`
 * and every `x-acs-` header belong to it; `x-acs-content-sha256` is that of the body.
 *
 * @param headers all that is sent beside host, names in lower case
 */
export function authorization(
  { accessKeyId, accessKeySecret }: { accessKeyId: string; accessKeySecret: string },
  { method, url, headers }: { method: string; url: URL; headers: Record<string, string> & { "x-acs-content-sha256": string } },
): string {
  const signed = Object.entries({ ...headers, host: url.host }).sort(byName);
  const names = signed.map(([name]) => name).join(";");
  const request = [
    method,
    url.pathname,
    canonicalQuery(Object.fromEntries(url.searchParams)),
    signed.map(([name, value]) => `${name}:${value.trim()}\n`).join(""),
    names,
    headers["x-acs-content-sha256"],
  ].join("\n");
  const signature = createHmac("sha256", accessKeySecret).update(`ACS3-HMAC-SHA256\n${sha256(request)}`).digest("hex");
  return `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${names},Signature=${signature}`;
}

function canonicalQuery(params: Record<string, string>): string {
  return Object.entries(params)
    .sort(byName)
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join("&");
}

/** RFC 3986: all but letters, digits and -_.~ */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function byName([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
