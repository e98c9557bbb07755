import type { JsonObject } from '@strake/core';
import { mirrorSchema } from './backend-ref.ts';
import {
  elsewhereOf,
  requestRedirectSchema,
  urlRewriteSchema,
  type RequestRedirectProperties,
  type UrlRewriteProperties,
} from './elsewhere.ts';
import { headerFilterOf, headerFilterSchema, type HeaderFilterProperties } from './header-filter.ts';

/** What is done with all sorts of requests on their way (gateway-api.sigs.k8s.io: HTTPRouteFilter). */
export interface FiltersProperties {
  /**
   * Headers of requests that are changed.
   * @default - none
   */
  readonly requestHeaderModifier?: HeaderFilterProperties;
  /**
   * Headers of answers that are changed.
   * @default - none
   */
  readonly responseHeaderModifier?: HeaderFilterProperties;
  /**
   * A Service of the same namespace that gets copies of requests; its answers are dropped.
   * @default - none
   */
  readonly requestMirror?: RequestMirrorProperties;
}

/** A Service that gets copies of requests (gateway-api.sigs.k8s.io: HTTPRequestMirrorFilter). */
export interface RequestMirrorProperties {
  readonly name: string;
  readonly port: number;
  /**
   * How many of all requests are copied.
   * @default 100
   */
  readonly percent?: number;
}

/** What is done with HTTP requests on their way. */
export interface HttpFiltersProperties extends FiltersProperties {
  /**
   * What requests become before they go to the component.
   * @default - unchanged
   */
  readonly urlRewrite?: UrlRewriteProperties;
  /**
   * Tells the caller to ask elsewhere.
   * @default - requests are answered
   */
  readonly requestRedirect?: RequestRedirectProperties;
}

/** The schemas of what is done with all sorts of requests. */
export const filtersShape = {
  requestHeaderModifier: headerFilterSchema.optional(),
  responseHeaderModifier: headerFilterSchema.optional(),
  requestMirror: mirrorSchema.optional(),
};

/** The schemas of what is done with HTTP requests. */
export const httpFiltersShape = {
  ...filtersShape,
  urlRewrite: urlRewriteSchema.optional(),
  requestRedirect: requestRedirectSchema.optional(),
};

/** Filters as a route lists them. */
export function httpFiltersOf(given: HttpFiltersProperties): JsonObject[] {
  const { requestHeaderModifier: request, responseHeaderModifier: response, requestMirror: mirror } = given;
  const { urlRewrite, requestRedirect } = given;
  return [
    request && { type: 'RequestHeaderModifier', requestHeaderModifier: headerFilterOf(request) },
    response && { type: 'ResponseHeaderModifier', responseHeaderModifier: headerFilterOf(response) },
    mirror && {
      type: 'RequestMirror',
      requestMirror: { backendRef: { name: mirror.name, port: mirror.port }, percent: mirror.percent },
    },
    urlRewrite && { type: 'URLRewrite', urlRewrite: elsewhereOf(urlRewrite) },
    requestRedirect && { type: 'RequestRedirect', requestRedirect: elsewhereOf(requestRedirect) },
  ].filter((filter) => filter !== undefined);
}
