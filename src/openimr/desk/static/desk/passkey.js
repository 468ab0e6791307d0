// Ties the button of a page with a passkey to allauth, and says in words what went wrong.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-error").textContent =
    "The passkey was not used: nothing was confirmed in time, or it is no passkey of this account.";
});
const passkeyForm = document.querySelector("form[data-passkey]");
window.allauth.webauthn.forms[passkeyForm.dataset.passkey]({
  ids: {
    [passkeyForm.dataset.button]: "passkey-button",
    passwordless: "id_passwordless",
    credential: passkeyForm.dataset.credential,
    data: "js_data",
  },
});
