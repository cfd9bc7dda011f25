import { assertEquals } from "@std/assert";
import { formatEndpoint, socketPath } from "../../src/net/endpoint.ts";

Deno.test("formatEndpoint() writes an endpoint as one would give it", () => {
  const endpoints = [
    { host: "127.0.0.1", port: 9050 },
    { host: "::1", port: 9050 },
    { host: "tor.example", port: 9150 },
    { host: "unix:/run/tor/socks", port: 0 },
  ];
  assertEquals(endpoints.map(formatEndpoint), [
    "127.0.0.1:9050",
    "[::1]:9050",
    "tor.example:9150",
    "unix:/run/tor/socks",
  ]);
  assertEquals(endpoints.map(socketPath), [undefined, undefined, undefined, "/run/tor/socks"]);
});
