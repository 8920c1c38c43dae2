import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "./config.server.ts";
import { messageKinds } from "./domain/message.ts";

const secrets = { SESSION_SECRET: "x".repeat(32) };
const sms = {
  ALIYUN_ACCESS_KEY_ID: "id",
  ALIYUN_ACCESS_KEY_SECRET: "secret",
  SMS_SIGN_NAME: "加梯一键通",
  ...Object.fromEntries(messageKinds.map((kind) => [`SMS_TEMPLATE_${kind.toUpperCase().replaceAll("-", "_")}`, `SMS_${kind}`])),
};

describe("the settings of the SMS gateway", () => {
  it("name a template for each kind of message", () => {
    expect(Object.keys(sms)).toEqual(expect.arrayContaining(["SMS_TEMPLATE_SIGN_IN_CODE", "SMS_TEMPLATE_INTENT_CODE"]));
    expect(() => readConfig({ ...secrets, ...sms, SMS_TEMPLATE_SIGN_IN_CODE: "" })).toThrow("变量为 ${code}");
  });

  it("may be left out", () => {
    expect(readConfig(secrets).sms).toBeNull();
    expect(readConfig({ ...secrets, SMS_SIGN_NAME: "" }).sms).toBeNull();
  });

  it("are read together, with Aliyun's own address unless another is given", () => {
    expect(readConfig({ ...secrets, ...sms }).sms).toEqual({
      accessKeyId: "id",
      accessKeySecret: "secret",
      signName: "加梯一键通",
      templates: Object.fromEntries(messageKinds.map((kind) => [kind, `SMS_${kind}`])),
      endpoint: "https://dysmsapi.aliyuncs.com",
    });
    expect(readConfig({ ...secrets, ...sms, SMS_ENDPOINT: "http://127.0.0.1:9" }).sms?.endpoint).toBe("http://127.0.0.1:9");
  });

  it.each(Object.keys(sms))("are refused as half a set without %s, which is named alone", (name) => {
    const read = () => readConfig({ ...secrets, ...sms, [name]: undefined });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(name);
    for (const other of Object.keys(sms)) if (other !== name) expect(read).not.toThrow(`  ${other}：`);
  });

  it("are refused when only the address is given, or a wrong one", () => {
    expect(() => readConfig({ ...secrets, SMS_ENDPOINT: "https://dysmsapi.aliyuncs.com" })).toThrow("SMS_SIGN_NAME");
    expect(() => readConfig({ ...secrets, ...sms, SMS_ENDPOINT: "dysmsapi" })).toThrow("SMS_ENDPOINT");
  });
});

const bucket = {
  S3_ENDPOINT: "https://oss-cn-shanghai.aliyuncs.com",
  S3_REGION: "cn-shanghai",
  S3_BUCKET: "jiati",
  S3_ACCESS_KEY_ID: "id",
  S3_SECRET_ACCESS_KEY: "secret",
};

describe("the place of the files", () => {
  it("is a folder of DATA_DIR unless told", () => {
    expect(readConfig({ ...secrets, DATA_DIR: "/var/lib/jiati" }).storage).toEqual({ at: "folder", folder: "/var/lib/jiati/files" });
    expect(readConfig({ ...secrets, S3_BUCKET: "" }).storage.at).toBe("folder");
  });

  it("is a bucket when all of its settings are there", () => {
    const settings = { at: "bucket", endpoint: bucket.S3_ENDPOINT, region: "cn-shanghai", bucket: "jiati", accessKeyId: "id", secretAccessKey: "secret" };
    expect(readConfig({ ...secrets, ...bucket }).storage).toEqual({ ...settings, pathStyle: false });
    expect(readConfig({ ...secrets, ...bucket, S3_PATH_STYLE: "yes" }).storage).toEqual({ ...settings, pathStyle: true });
    expect(readConfig({ ...secrets, ...bucket }, { demo: true }).storage.at).toBe("folder");
  });

  it.each(Object.keys(bucket))("is refused as half a set without %s, which is named alone", (name) => {
    const read = () => readConfig({ ...secrets, ...bucket, [name]: undefined });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(name);
    for (const other of Object.keys(bucket)) if (other !== name) expect(read).not.toThrow(`  ${other}：`);
  });

  it("is refused when only its way of addressing is given, or a wrong address", () => {
    expect(() => readConfig({ ...secrets, S3_PATH_STYLE: "yes" })).toThrow("S3_BUCKET");
    expect(() => readConfig({ ...secrets, ...bucket, S3_ENDPOINT: "oss" })).toThrow("S3_ENDPOINT");
    expect(() => readConfig({ ...secrets, ...bucket, S3_PATH_STYLE: "maybe" })).toThrow("S3_PATH_STYLE");
  });
});
