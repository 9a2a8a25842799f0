import { launch } from "puppeteer-core";
const [,, url, out, ...only] = process.argv;
const browser = await launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--headless","--no-sandbox","--disable-gpu","--disable-background-networking","--disable-component-update","--disable-sync","--no-first-run"] });
const sizes = { phone: [360,740], desk: [1366,768], wide: [3840,2160] };
for (const [name,[width,height]] of Object.entries(sizes)) for (const scheme of ["light","dark"]) {
  if (only.length && !only.includes(`${name}-${scheme}`)) continue;
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  page.on("console", m => m.type()==="error" && console.log("console:", m.text()));
  page.on("pageerror", e => console.log("error:", String(e)));
  await page.goto(url + (scheme==="light" ? "#/worth" : "#/worth?hint=comparison-rule&at=500"));
  await page.waitForSelector(".worth-chart [role=slider]", {timeout: 20000}).catch(e=>console.log(name,String(e)));
  await new Promise(r => setTimeout(r, 500));
  await page.screenshot({ path: `${out}/${name}-${scheme}.png` });
  if (process.env.FULL) await page.screenshot({ path: `${out}/${name}-${scheme}-full.png`, fullPage: true });
  await page.close();
}
await browser.close();
