/* A form with data-passkey asks the browser for a passkey before it is sent. */
for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    const field = form.querySelector("[name=credential]");
    if (field.value) return;
    event.preventDefault();
    const trouble = form.querySelector(".passkey-trouble");
    trouble.hidden = true;
    try {
      const options = document.getElementById(form.dataset.passkeyOptions).textContent;
      const credential = await window.webauthnJSON[form.dataset.passkey](JSON.parse(options));
      field.value = JSON.stringify(credential);
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
}
