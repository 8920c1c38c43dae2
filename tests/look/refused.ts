import type { Page } from "playwright-core";

/**
 * The forms of a page that can be sent so that they are refused, each by its place among the page's forms and by what it
 * asks for; one whose only button says it all is none, nor is one that signs out, nor one that is sent back with a sentence.
 */
export function listForms(page: Page): Promise<{ index: number; asks: string }[]> {
  return page.evaluate(() =>
    [...document.forms].flatMap((form, index) => {
      const names = [...form.elements].flatMap((at) => {
        const { name = "", type = "" } = at as HTMLInputElement;
        return name === "" || type === "hidden" || type === "fieldset" ? [] : [name];
      });
      return form.method === "post" && names.length > 0 && !form.action.endsWith("/pdf") ? [{ index, asks: [...new Set(names)].sort().join(" ") }] : [];
    }),
  );
}

/**
 * Sends a form of the page with all that can be filled in left empty, past what the browser checks itself; where nothing
 * has to be filled in, its first field or its button with a letter that no field takes. Nothing of it is ever stored.
 *
 * @returns the status of the answer, which the page shows
 */
export async function sendBroken(page: Page, index: number): Promise<number> {
  const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === "POST" && response.request().isNavigationRequest()), page.waitForEvent("load"), page.evaluate(sendHere, index)]);
  return answer.status();
}

/** Runs in the page: nothing from outside is in its reach. */
function sendHere(index: number): void {
  const form = document.forms[index];
  if (!form) return;
  const asked = [...form.elements].filter((at): at is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement => "value" in at && at.tagName !== "BUTTON" && (at as HTMLInputElement).type !== "hidden");
  const button = [...form.elements].find((at): at is HTMLButtonElement => at instanceof HTMLButtonElement && at.name !== "");
  for (const field of asked) {
    if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) field.checked = false;
    else if (field instanceof HTMLSelectElement) field.selectedIndex = [...field.options].findIndex(({ value }) => value === "");
    else field.value = "";
  }
  const extra: [name: string, value: string][] = button ? [[button.name, asked.length > 0 ? button.value : "1\u202E01"]] : [];
  const [first] = [...asked].sort((one, other) => Number(/radio|checkbox|file/.test(one.type)) - Number(/radio|checkbox|file/.test(other.type)));
  if (first && !asked.some((field) => field.required)) {
    extra.push([first.name, "1\u202E01"]);
    first.name = "";
  }
  for (const [name, value] of extra) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  HTMLFormElement.prototype.submit.call(form);
}
