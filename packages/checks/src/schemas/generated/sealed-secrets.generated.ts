// Made by `npx jiti test/generate/schemas.ts`. Field names and constraints are those of
// github.com/bitnami-labs/sealed-secrets@v0.40.0 (Apache-2.0)
export const SCHEMAS: string =
  'H0wCAJwF7t49vrDAbR0ivQpSPCI/kKbdLzwsYWxupX7ZYuifCugFNkH28r/ZOixdfZMFpm/oXHqCA9JLXFM0WER9U4o+Ps7NuTw6LicMiTvZuHN4wKhViNs6yt8trfT4lMX5X1EQspEPCNLa2GYA7hbxjLOEXQYhqEu0/QfoLSIcPcQ2DSGRcKiNzTXQMAon2pAODIP7AFq/6d6LEgJPNc5ROR1TkUkEX5kw96/u40LNb11P0YygDhjjvVmcTxcM9lAJOOMNv0HPXzELZ+owJS2QPkgcYPXWAsmd5DAuMvMFnjAy5O07';
