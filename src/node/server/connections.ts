import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

export interface ConnectionLimits {
  /** Connections at a time. */
  readonly most: number;
  /** Requests that wait for their turn, on all connections together. Each takes some kilobytes. */
  readonly mostWaiting?: number;
  /** How long nothing may move on a connection while its client should read or ask, in ms. */
  readonly stalled?: number;
}

const MOST_WAITING = 16_384;
const STALLED = 30_000;

const FULL =
  "HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\ncache-control: no-store\r\n\r\n";

/** A client's requests that are not fully answered. */
interface Connection {
  /** The answer that is being made or sent. */
  current: ServerResponse | undefined;
  readonly waiting: [IncomingMessage, ServerResponse][];
}

/**
 * Makes a server answer, whatever its clients do.
 *
 * The requests of a connection are answered one after the other, the next when the last answer has gone out. A client that sends many
 * requests and reads no answer has only one in the making; its other requests stay in the network's buffers. If a connection
 * makes too many requests wait, it is ended.
 *
 * One connection too many replaces the one that has asked for nothing the longest. If all are being
 * answered, the new one gets a 503 and is to try again.
 *
 * A connection on which nothing moves is ended, unless its answer is still being made.
 */
export function answerConnections(
  server: Server,
  answer: RequestListener,
  { most, mostWaiting = MOST_WAITING, stalled = STALLED }: ConnectionLimits,
): void {
  const connections = new Map<Socket, Connection>();
  /** Connections without a request; the one that has had none the longest comes first. */
  const idle = new Set<Socket>();
  let waiting = 0;

  const next = (socket: Socket, connection: Connection): void => {
    const request = connection.waiting.shift();
    if (!request) {
      connection.current = undefined;
      if (connections.has(socket)) idle.add(socket);
      return;
    }
    waiting--;
    begin(socket, connection, ...request);
  };

  const begin = (socket: Socket, connection: Connection, request: IncomingMessage, response: ServerResponse): void => {
    connection.current = response;
    response.once("close", () => next(socket, connection));
    answer(request, response);
    // Node.js reads on after it has finished a request.
    if (connection.waiting.length > 0) socket.pause();
  };

  server.on("connection", (socket) => {
    const connection: Connection = { current: undefined, waiting: [] };
    connections.set(socket, connection);
    socket.once("close", () => {
      connections.delete(socket);
      idle.delete(socket);
      waiting -= connection.waiting.splice(0).length;
    });
    if (connections.size > most) {
      const [longest] = idle;
      if (!longest) {
        socket.end(FULL, () => socket.destroy());
        return;
      }
      longest.destroy();
    }
    idle.add(socket);
  });

  server.on("request", (request, response) => {
    const { socket } = request;
    const connection = connections.get(socket);
    if (!connection) return;
    idle.delete(socket);
    if (!connection.current) {
      begin(socket, connection, request, response);
      return;
    }
    connection.waiting.push([request, response]);
    waiting++;
    if (waiting > mostWaiting) socket.destroy();
    else socket.pause();
  });

  server.setTimeout(stalled);
  server.on("timeout", (socket: Socket) => {
    if (connections.get(socket)?.current?.headersSent !== false) socket.destroy();
  });
}
