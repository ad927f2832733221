console.log("public");
