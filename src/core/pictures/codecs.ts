/** The part of the WebAssembly interface that decoders use; every runtime has it, whatever its type libraries. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  Instance: new (module: object, imports: object) => { readonly exports: object };
};

/** The formats whose decoders are WebAssembly of packages. */
export type CodecName = "jpeg" | "webp";

/** The decoders of JPEG and WebP, each loaded when the first image of its kind comes. */
export interface PictureCodecs {
  readonly jpeg: Codec;
  readonly webp: Codec;
}

/** What a decoder made of an image: nothing where it failed. */
export interface Decoded {
  /** `[height, width, 4]`: red, green, blue and alpha. */
  readonly image: { readonly data: Uint8ClampedArray; readonly height: number; readonly width: number } | undefined;
  /** Its warnings, and why it failed. */
  readonly said: readonly string[];
}

/** A decoder of one format, as `codecsOf` gives it. */
export interface Codec {
  decode(bytes: Uint8Array): Promise<Decoded>;
}

/**
 * The decoders of JPEG and WebP, whose code is the same everywhere and gives the same bits; only where their files lie differs. Each of
 * the functions is called once a decoder, when it is needed.
 *
 * @param read  gives a decoder's WebAssembly
 * @param load  gives the script that starts it
 */
export function codecsOf(
  read: (name: CodecName) => Promise<Uint8Array>,
  load: (name: CodecName) => Promise<CodecScript>,
): PictureCodecs {
  // EXIF is applied for all formats alike, not by the decoder of one.
  return { jpeg: new WasmCodec("jpeg", read, load, [false]), webp: new WasmCodec("webp", read, load, []) };
}

/** The script of a decoder, as a package has it. */
export interface CodecScript {
  readonly default: unknown;
}

/** What the compiler of the decoders made of them. */
type Factory = (options: object) => Promise<Instance>;

interface Instance {
  readonly HEAPU8: Uint8Array;
  decode(bytes: Uint8Array, ...options: readonly boolean[]): Decoded["image"] | null;
}

/** An instance's memory never shrinks: with more it is not kept. */
const MOST_KEPT = 64 * 2 ** 20;

class WasmCodec implements Codec {
  #compiled: Promise<object> | undefined;
  #instance: Promise<Instance> | undefined;
  #said: string[] = [];

  constructor(
    private readonly name: CodecName,
    private readonly read: (name: CodecName) => Promise<Uint8Array>,
    private readonly load: (name: CodecName) => Promise<CodecScript>,
    private readonly options: readonly boolean[],
  ) {}

  async decode(bytes: Uint8Array): Promise<Decoded> {
    this.#instance ??= this.#start();
    let instance: Instance;
    try {
      instance = await this.#instance;
    } catch (error) {
      this.#compiled = this.#instance = undefined;
      throw error;
    }
    const said: string[] = [];
    this.#said = said;
    let image: Decoded["image"];
    try {
      image = instance.decode(bytes, ...this.options) ?? undefined;
    } catch (error) {
      // It has exited, and is in no state to go on.
      this.#instance = undefined;
      if (said.length === 0) said.push(error instanceof Error ? error.message : String(error));
      return { image: undefined, said };
    }
    if (instance.HEAPU8.length > MOST_KEPT) this.#instance = undefined;
    return { image, said };
  }

  async #start(): Promise<Instance> {
    this.#compiled ??= this.read(this.name).then((bytes) => WebAssembly.compile(bytes));
    const [module, script] = await Promise.all([this.#compiled, this.load(this.name)]);
    return (script.default as Factory)({
      noInitialRun: true,
      print: () => undefined,
      printErr: (line: string) => this.#said.push(line),
      instantiateWasm: (imports: object, done: (instance: object) => void) => {
        const instance = new WebAssembly.Instance(module, imports);
        done(instance);
        return instance.exports;
      },
    });
  }
}
