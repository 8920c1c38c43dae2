/** A report that was written on this phone and not taken in yet. */
export interface KeptReport {
  /** The key of its form: sent again, it is still one report. */
  key: string;
  /** Code of the stairwell, and who wrote it; somebody else who signs in on this phone does not send it. */
  stairwell: string;
  account: string;
  fields: [string, string][];
  photos: Blob[];
  /** In ms of the phone's clock; the order of sending. */
  writtenAt: number;
}

const STORE = "reports";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("jiati-site", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("no store"));
  });
}

async function within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error ?? new Error("not kept"));
      transaction.onabort = () => reject(transaction.error ?? new Error("not kept"));
    });
  } finally {
    database.close();
  }
}

/** Keeps a report on the phone. Throws where the phone keeps nothing: in a private window, or when it is full. */
export async function keepReport(report: KeptReport): Promise<void> {
  await within("readwrite", (store) => store.put(report));
}

export async function forgetReport(key: string): Promise<void> {
  await within("readwrite", (store) => store.delete(key));
}

/** What this person has written for this stairwell and not sent, the oldest first. */
export async function listKept(stairwell: string, account: string): Promise<KeptReport[]> {
  const all = (await within("readonly", (store) => store.getAll())) as KeptReport[];
  return all.filter((one) => one.stairwell === stairwell && one.account === account).sort((a, b) => a.writtenAt - b.writtenAt);
}

/** The filled-in form as it is kept: photos as bytes of their own, for a phone may lose the file behind them. */
export async function readReport(form: HTMLFormElement): Promise<Pick<KeptReport, "fields" | "photos">> {
  const fields: [string, string][] = [];
  const photos: Blob[] = [];
  for (const [name, value] of new FormData(form)) {
    // The session that sends it may be another one by then.
    if (name === "form-token") continue;
    if (typeof value === "string") fields.push([name, value]);
    else if (value.size > 0) photos.push(new Blob([await value.arrayBuffer()], { type: value.type }));
  }
  return { fields, photos };
}

/** The same as a form to send, with the token of the session that sends it. */
export function toForm({ fields, photos }: KeptReport, token: string | null): FormData {
  const form = new FormData();
  if (token !== null) form.append("form-token", token);
  for (const [name, value] of fields) form.append(name, value);
  for (const [index, photo] of photos.entries()) form.append("photos", photo, `photo-${index + 1}.jpg`);
  return form;
}
