import { request } from 'node:https';

/** How to reach an API server. */
export interface ApiServer {
  readonly url: string;
  /** Token of a user; or else the user has a certificate. */
  readonly token?: string;
  /** Certificate of a user, and its key, as PEM text. */
  readonly client?: { readonly certificate: string; readonly key: string };
  /** Certificate that signs the server's, as PEM text. */
  readonly authority: string;
}

/** What an API server answered: the status, the parsed body and the texts of its `Warning` headers. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly warnings: readonly string[];
}

interface Content {
  readonly type: string;
  readonly body: string;
}

/** Asks the API server once. */
export function ask(server: ApiServer, method: string, path: string, content?: Content): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...(server.token !== undefined && { authorization: `Bearer ${server.token}` }),
      accept: 'application/json',
      ...(content && { 'content-type': content.type }),
    };
    const asked = request(
      new URL(path, server.url),
      { method, headers, ca: server.authority, cert: server.client?.certificate, key: server.client?.key },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const warnings = warningTexts(response.headers['warning']);
          resolve({
            status: response.statusCode ?? 0,
            body: parsed(Buffer.concat(chunks).toString()),
            warnings,
          });
        });
      },
    );
    asked.on('error', reject);
    asked.end(content?.body);
  });
}

/** Texts of `299 - "text", 299 - "text"`: Node joins repeated headers with a comma. */
function warningTexts(header: string | undefined): string[] {
  return [...(header ?? '').matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) =>
    text.replaceAll(/\\(.)/g, '$1'),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
