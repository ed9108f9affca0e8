/** What clients sent, counted at the wire. */
export interface WireCounts {
  statements: number;
  /** Round trips that have come back: a burst of the client that the server has answered. */
  roundTrips: number;
}

/** Reads the messages of PostgreSQL's protocol (version 3) that clients write. */
export class WireCounter {
  private counts: WireCounts = { statements: 0, roundTrips: 0 };

  /** What was counted since the last call. */
  take(): WireCounts {
    const { counts } = this;
    this.counts = { statements: 0, roundTrips: 0 };
    return counts;
  }

  connection() {
    let rest: Buffer = Buffer.alloc(0);
    let isStarted = false;
    let isWaiting = false;
    return {
      fromClient: (chunk: Buffer): void => {
        isWaiting = true;
        rest = Buffer.concat([rest, chunk]);
        for (;;) {
          const typeLength = isStarted ? 1 : 0; // the startup message has no type byte
          if (rest.length < typeLength + 4) return;
          const end = typeLength + rest.readInt32BE(typeLength);
          if (rest.length < end) return;
          if (isStarted) this.message(String.fromCharCode(rest[0]!), rest.subarray(5, end));
          isStarted = true;
          rest = rest.subarray(end);
        }
      },
      replyDelivered: (): void => {
        if (isWaiting) this.counts.roundTrips++;
        isWaiting = false;
      },
    };
  }

  private message(type: string, body: Buffer): void {
    if (type === 'E') this.counts.statements++; // Execute
    if (type !== 'Q') return; // a simple Query may hold several statements
    const texts = body.toString('utf8', 0, body.length - 1).split(';');
    this.counts.statements += texts.filter((text) => text.trim() !== '').length;
  }
}
