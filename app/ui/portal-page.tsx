import { useLocation, useRouteLoaderData } from "@remix-run/react";
import type { Role } from "#app/domain/roles.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { Page, type Frame, type PageProps } from "./page.tsx";

/** What the root loader gives every page. */
export interface RootData {
  elder: boolean;
  demo: boolean;
  hotline: string;
  reference: string;
  /** Name of the signed-in person; never on a public page, which is the same for everybody. */
  account: string | null;
  roles: readonly Role[];
  /** Where the signed-in person finds the own work. */
  landing: string;
  /** Goes into every form of the session; null where nobody is signed in. */
  formToken: string | null;
}

interface FrameOptions {
  /** The committee's phone, where the page knows the committee. */
  phone?: string | undefined;
  /** Whether the page may name who is signed in; public pages may not. */
  personal?: boolean | undefined;
  desk?: boolean | undefined;
}

/** What stands around every page, filled from the root: ways on, elder view, whom to call. */
export function useFrame({ phone, personal, desk }: FrameOptions = {}): Frame {
  const root = useRouteLoaderData("root") as RootData | undefined;
  const { pathname, search } = useLocation();
  const elder = root?.elder ?? false;
  const links = desk ? site.deskNav.filter((link) => link.for.some((role) => root?.roles.includes(role))) : site.nav;
  return {
    home: desk && root ? root.landing : paths.home(),
    nav: links.map(({ href, label }) => ({ href, label, current: pathname === href })),
    view: { elder, href: paths.view(elder ? "normal" : "elder", pathname + search) },
    phone: phone ? { number: phone, label: site.callCommittee } : { number: root?.hotline ?? "", label: site.callOffice },
    account:
      personal || desk
        ? {
            links: [
              ...(!desk && root && root.landing !== paths.me() ? [{ href: root.landing, label: site.work }] : []),
              ...(root?.account ? [{ href: paths.myAccount(), label: root.account }] : []),
            ],
            signOut: paths.signOut(),
          }
        : { links: [{ href: paths.me(), label: site.me }] },
    ...(root?.demo && { notice: { screen: site.demoNotice, paper: site.demoPaper } }),
  };
}

/** A page in the portal's frame. */
export function PortalPage({ phone, personal, ...page }: Omit<PageProps, keyof Frame> & FrameOptions) {
  return <Page {...useFrame({ phone, personal, desk: page.desk })} {...page} />;
}
