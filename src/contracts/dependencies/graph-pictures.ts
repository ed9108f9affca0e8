import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { GraphDto } from './dependencies.dto.js';
import { graphPicture } from './graph-picture.js';

const MAX_KEPT_BYTES = 8 * 1024 * 1024;

/**
 * Draws pictures one after the other, and keeps those drawn last. They are found by all that is in them, names included,
 * so that nobody is shown a graph but their own.
 */
@Injectable()
export class GraphPictures {
  private readonly kept = new LRUCache<string, string>({
    maxSize: MAX_KEPT_BYTES,
    sizeCalculation: (text) => Buffer.byteLength(text),
  });
  private turn: Promise<unknown> = Promise.resolve();

  /** Rejects where the thread that places the boxes fails. */
  draw({ services, calls }: Pick<GraphDto, 'services' | 'calls'>): Promise<string> {
    const content = JSON.stringify([
      services.map(({ name }) => name),
      calls.map(({ consumer, provider }) => [consumer, provider]),
    ]);
    const key = createHash('sha256').update(content).digest('base64');
    const drawn = this.turn.then(async () => {
      const known = this.kept.get(key);
      if (known !== undefined) return known;
      const picture = await graphPicture({ services, calls });
      this.kept.set(key, picture);
      return picture;
    });
    this.turn = drawn.catch(() => undefined);
    return drawn;
  }
}
