import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, useLocation, useMatches, useRouteError, useRouteLoaderData } from "@remix-run/react";
import { useContext, type ReactNode } from "react";
import { landingOf } from "./http/desk.server.ts";
import { readView } from "./http/view.server.ts";
import { site } from "./i18n/zh-CN/site.ts";
import { Nonce } from "./nonce.ts";
import { paths } from "./paths.ts";
import { ButtonLink } from "./ui/button.tsx";
import { FormToken } from "./ui/form-key.tsx";
import { Actions } from "./ui/layout.tsx";
import { PortalPage, type RootData } from "./ui/portal-page.tsx";
import deskStyles from "./ui/desk.css?url";
import styles from "./ui/styles.css?url";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: styles },
  { rel: "icon", href: "/icon.svg", type: "image/svg+xml" },
  { rel: "manifest", href: "/manifest.webmanifest" },
];

export function loader({ request, context }: LoaderFunctionArgs): RootData {
  const grants = context.actor?.grants ?? [];
  return {
    elder: readView(request) === "elder",
    demo: context.demo,
    hotline: context.hotline,
    reference: context.reference,
    account: context.actor?.name ?? null,
    roles: [...new Set(grants.map(({ role }) => role))],
    landing: landingOf(grants),
    formToken: context.formToken,
  };
}

export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData("root") as RootData | undefined;
  const nonce = useContext(Nonce);
  const { pathname } = useLocation();
  const atDesk = [paths.desk(), paths.site(), paths.staffSignIn(), paths.demoComponents(), paths.notices()].some((start) => pathname === start || pathname.startsWith(`${start}/`));
  const scripts = useMatches().some((match) => (match.handle as { scripts?: boolean } | undefined)?.scripts);
  return (
    <html lang="zh-CN" data-view={root?.elder ? "elder" : "normal"}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#FAF6EE" media="(prefers-color-scheme: light)" />
        <Meta />
        <Links />
        {atDesk && <link rel="stylesheet" href={deskStyles} />}
      </head>
      <body>
        <FormToken.Provider value={root?.formToken ?? null}>{children}</FormToken.Provider>
        {scripts && <Scripts nonce={nonce} />}
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  const root = useRouteLoaderData("root") as RootData | undefined;
  const expected = isRouteErrorResponse(error) && error.status < 500 ? error.status : undefined;
  const { pathname } = useLocation();
  // Where no loader has run, as for a method that the page does not take, there is nothing to go by.
  const landing = root?.landing ?? paths.home();
  const atWork = [paths.desk(), paths.site()].some((start) => landing.startsWith(start) && pathname.startsWith(`${start}/`));
  const words = expected === undefined ? site.failed : expected === 404 ? site.notFound : site.badRequest;
  return (
    <PortalPage title={words.title} width="narrow" desk={atWork}>
      <title>{site.title(words.title)}</title>
      <p>{words.text}</p>
      {expected === undefined && root && <p>{site.reference(root.reference)}</p>}
      <Actions>
        {expected === 404 && !atWork && (
          <ButtonLink kind="primary" href={paths.search()}>
            {site.find}
          </ButtonLink>
        )}
        <ButtonLink href={atWork ? landing : paths.home()}>{atWork ? site.toDesk : site.toHome}</ButtonLink>
      </Actions>
    </PortalPage>
  );
}
